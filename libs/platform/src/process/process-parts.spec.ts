import { setTimeout as passing } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Logger, pino } from 'pino';
import { createMetrics } from '../watching/index.js';
import { type ManagementServer, serveManagement } from './management-server.js';
import { Readiness } from './readiness.js';
import { Shutdown } from './shutdown.js';
import { StartupError } from './startup-error.js';
import { waitFor } from './waiting.js';

/** A logger, and the lines that it was given. */
function listening(): {
  readonly logger: Logger;
  readonly lines: { readonly msg: string; readonly [k: string]: unknown }[];
} {
  const lines: { msg: string }[] = [];
  return { logger: pino({}, { write: (line: string) => lines.push(JSON.parse(line)) }), lines };
}

describe('shut-down', () => {
  it('goes stage by stage, each when the one before is through', async () => {
    const done: string[] = [];
    const shutdown = new Shutdown(listening().logger);
    const part = (name: string, milliseconds: number) => async () => {
      await passing(milliseconds);
      done.push(name);
    };
    shutdown.add('stores', 'store', part('store', 0));
    shutdown.add('relay', 'relay', part('relay', 5));
    shutdown.add('requests', 'slow requests', part('slow requests', 20));
    shutdown.add('requests', 'fast requests', part('fast requests', 0));
    shutdown.add('consumers', 'consumer', part('consumer', 10));
    await shutdown.run();
    expect(done).toEqual(['fast requests', 'slow requests', 'consumer', 'relay', 'store']);
  });

  it('goes on when a part fails, and tells of it', async () => {
    const { logger, lines } = listening();
    const shutdown = new Shutdown(logger);
    let isClosed = false;
    shutdown.add('consumers', 'the consumer', () => Promise.reject(new Error('no broker')));
    shutdown.add('stores', 'the store', async () => {
      isClosed = true;
    });
    await shutdown.run();
    expect(isClosed).toBe(true);
    expect(lines).toEqual([expect.objectContaining({ level: 50, msg: 'the consumer could not be stopped' })]);
  });
});

describe('a dependency that is missing', () => {
  const waiting = () => ({ ...listening(), readiness: new Readiness(), signal: new AbortController().signal });

  it('is waited for, is named in the log and by readiness, and is found', async () => {
    const { lines, ...about } = waiting();
    let attempts = 0;
    const opening = waitFor(
      'event store',
      async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('connection refused');
        return 'open';
      },
      about,
    );
    expect(about.readiness.missing()).toEqual(['event store']);
    expect(await opening).toBe('open');
    expect(about.readiness.missing()).toEqual([]);
    expect(lines.map(({ dependency, reason }) => [dependency, reason])).toEqual([
      ['event store', 'connection refused'],
      ['event store', 'connection refused'],
    ]);
  });

  it('is not waited for when that would not help, nor when the process is told to end', async () => {
    const about = waiting();
    const hopeless = () => Promise.reject(new StartupError('the store is of a newer version'));
    await expect(waitFor('event store', hopeless, about)).rejects.toThrow(StartupError);
    const ending = new AbortController();
    const missing = waitFor('event store', () => Promise.reject(new Error('refused')), {
      ...about,
      signal: ending.signal,
    });
    ending.abort();
    await expect(missing).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the management port', () => {
  let server: ManagementServer;
  afterEach(() => server.close());

  it('tells whether the process is alive and ready, and what it counts', async () => {
    const [readiness, metrics] = [new Readiness(), createMetrics()];
    server = await serveManagement({ host: '127.0.0.1', port: 0 }, { readiness, metrics });
    const get = async (path: string) => {
      const response = await fetch(`${server.url}${path}`);
      return { status: response.status, text: await response.text() };
    };
    readiness.lack('event store');
    metrics.appended('conflict', 2, 0.003);
    metrics.watchLag('relay', async () => ({ events: 7, seconds: 1.5 }));
    metrics.watchLag('projector', () => Promise.reject(new Error('no views')));
    expect(await get('/health/live')).toMatchObject({ status: 200 });
    expect(await get('/health/ready')).toEqual({
      status: 503,
      text: '{"status":"not-ready","missing":["event store"]}',
    });
    readiness.found('event store');
    expect(await get('/health/ready')).toMatchObject({ status: 200 });
    const { text } = await get('/metrics');
    expect(text).toContain('sillage_append_seconds_count{outcome="conflict"} 1');
    expect(text).toContain('sillage_lag_events{reader="relay"} 7');
    expect(text).toContain('sillage_lag_seconds{reader="relay"} 1.5');
    expect(text).not.toContain('sillage_lag_events{reader="projector"}');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('process_resident_memory_bytes');
    expect(await get('/v1/accounts')).toMatchObject({ status: 404 });
  });

  it('cannot be served where somebody else listens: that is told in words', async () => {
    const parts = { readiness: new Readiness(), metrics: createMetrics() };
    server = await serveManagement({ host: '127.0.0.1', port: 0 }, parts);
    const port = Number(new URL(server.url).port);
    await expect(serveManagement({ host: '127.0.0.1', port }, parts)).rejects.toMatchObject({
      name: 'StartupError',
      message: `Port ${port} of 127.0.0.1 is already taken`,
    });
  });
});
