import { describe, expect, it } from '@jest/globals';
import { OutcomeUnknown, WrongExpectedRevision } from '@sillage/kernel';
import { pino } from 'pino';
import { correlated, correlationId } from './correlation.js';
import { createMetrics } from './metrics.js';
import { observedStreams } from './observed-streams.js';
import { createObserver } from './observer.js';

const silent = pino({ level: 'silent' });

const command = { tenant: 'acme', actor: 'ann', correlationId: 'r1', deadline: 0 };

describe('what is done on behalf of a request', () => {
  it('knows the request, in the process that took it and in those that it asks', async () => {
    const observer = createObserver(createMetrics(), silent);
    let sent = {};
    observer.arrived('r1', {}).run(() => {
      sent = observer.sending('accounts.get');
    });
    const message = { pattern: 'accounts.get', context: { ...command, correlationId: '' }, carrier: sent };
    expect(await observer.answering(message, async () => correlationId())).toBe('r1');
    const direct = { pattern: 'accounts.get', context: command, carrier: {} };
    expect(await observer.answering(direct, async () => correlationId())).toBe('r1');
    expect(correlationId()).toBeUndefined();
  });

  it('is not mixed up with what others ask for at the same time', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const seen = ids.map((id) =>
      correlated(id, async () => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
        return correlationId();
      }),
    );
    expect(await Promise.all(seen)).toEqual(ids);
  });

  it('is counted by names of the code alone: neither tenant nor person nor id', async () => {
    const metrics = createMetrics();
    const observer = createObserver(metrics, silent);
    const request = observer.arrived('r1', {});
    request.answered({ route: '/v1/accounts/:id', method: 'GET', status: 404 }, 0.002);
    const message = { pattern: 'accounts.get', context: command, carrier: {} };
    await observer.answering(message, async () => ({ problem: { code: 'record-not-found' } }));
    await expect(observer.answering(message, () => Promise.reject(new Error('defect')))).rejects.toThrow('defect');
    const text = await metrics.text();
    const labels = 'route="/v1/accounts/:id",method="GET",status="404"';
    expect(text).toContain(`sillage_http_request_seconds_count{${labels}} 1`);
    for (const outcome of ['record-not-found', 'internal-error']) {
      expect(text).toContain(`sillage_message_seconds_count{pattern="accounts.get",outcome="${outcome}"} 1`);
    }
    expect(text).not.toMatch(/acme|ann|"r1"/);
  });
});

describe('appends', () => {
  it('are counted by what came of them', async () => {
    const metrics = createMetrics();
    const outcomes = [
      undefined,
      new WrongExpectedRevision('account-a.1', 3),
      new OutcomeUnknown('lost'),
      new Error('full disk'),
    ];
    const streams = observedStreams(
      {
        read: async () => [],
        append: async () => {
          const error = outcomes.shift();
          if (error !== undefined) throw error;
          return { revision: 0, position: 1 };
        },
      },
      metrics,
    );
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => streams.append('account-a.1', 3, [])));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    const text = await metrics.text();
    for (const outcome of ['stored', 'conflict', 'unknown', 'failed']) {
      expect(text).toContain(`sillage_append_seconds_count{outcome="${outcome}"} 1`);
    }
  });
});
