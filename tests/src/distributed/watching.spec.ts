import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@sillage/event-store/testing';
import { Api } from '../api.js';
import { Server } from '../server.js';
import { Distributed } from './processes.js';
import { end, type Running } from './running.js';

describe('the distributed profile', () => {
  /** What a collector of traces was sent: protobuf, in which names and ids of text are readable. */
  const traces: Buffer[] = [];
  const collector = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => traces.push(chunk)).on('end', () => response.end());
  });
  let service: Running;
  let gateway: Running;

  beforeAll(async () => {
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const distributed = await Distributed.prepare({
      SILLAGE_MANAGEMENT_PORT: '0',
      SILLAGE_LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    });
    service = await distributed.startService();
    gateway = await distributed.startGateway();
  });

  afterAll(async () => {
    await end(gateway);
    await end(service);
    collector.close();
  });

  const management = async (running: Running, path: string) => {
    const response = await fetch(`${running.management}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('tells health and metrics of each process on its management port, and nothing of who asks', async () => {
    const api = Distributed.api(gateway);
    const { body } = await api.post('/v1/accounts', { name: 'Hush Ltd' });
    await api.get(`/v1/accounts/${body.id}`);
    for (const running of [service, gateway]) {
      expect(await management(running, '/health/live')).toMatchObject({ status: 200 });
      expect(await management(running, '/health/ready')).toMatchObject({ status: 200 });
    }
    const [ofGateway, ofService] = [await management(gateway, '/metrics'), await management(service, '/metrics')];
    const created = 'sillage_http_request_seconds_count{route="/v1/accounts",method="POST",status="201"}';
    expect(ofGateway.text).toContain(`${created} 1`);
    expect(ofGateway.text).toContain('route="/v1/accounts/:id",method="GET",status="200"');
    expect(ofService.text).toContain('sillage_message_seconds_count{pattern="accounts.create",outcome="ok"} 1');
    expect(ofService.text).toMatch(/sillage_append_seconds_count\{outcome="stored"\} [1-9]/);
    expect(ofService.text).toContain('sillage_messages_at_work 0');
    for (const { text } of [ofGateway, ofService]) expect(text).not.toMatch(/Hush|administrator|default"/);
    expect(await Distributed.api(gateway).get('/metrics')).toMatchObject({ status: 404 });
  });

  it('bears the id of a request in the log of every process that it came to', async () => {
    const headers = { 'x-request-id': 'a-request-to-be-found' };
    await Distributed.api(gateway).post('/v1/accounts', { name: 'Hush Ltd' }, headers);
    const lines = (running: Running) =>
      running
        .log()
        .split('\n')
        .filter((line) => line.includes('a-request-to-be-found'));
    await eventually('the gateway has written its line', () => lines(gateway).length > 0);
    expect(lines(gateway)).toEqual([expect.stringContaining('a request was answered')]);
    expect(lines(service)).toEqual([expect.stringContaining('"pattern":"accounts.create"')]);
    for (const running of [gateway, service]) expect(running.log()).not.toMatch(/Hush|a-token-for-tests-only/);
  });

  it('sends one trace of a request through both processes', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
    await Distributed.api(gateway).post('/v1/accounts', { name: 'Acme' }, headers);
    const id = Buffer.from(traceId, 'hex');
    const sentBy = (name: string) => traces.some((chunk) => chunk.includes(id) && chunk.includes(name));
    await eventually('both processes have sent their part', () => {
      return sentBy('sillage-gateway') && sentBy('sillage-records');
    });
    expect(traces.some((chunk) => chunk.includes(id) && chunk.includes('accounts.create'))).toBe(true);
  });
});

describe('a process that cannot start as it is configured', () => {
  it.each([
    [{}, 'SILLAGE_OIDC_ISSUER is not set'],
    [{ SILLAGE_OIDC_ISSUER: 'https://issuer', SILLAGE_OIDC_AUDIENCE: 'sillage' }, 'the public API is without TLS'],
    [{ SILLAGE_INSECURE: 'yes' }, 'SILLAGE_INSECURE must be true or false'],
    [{ SILLAGE_PORT: 'http' }, 'SILLAGE_PORT must be a whole number'],
    [{ SILLAGE_INSECURE: 'true', SILLAGE_ADMIN_TOKEN: 'x'.repeat(20) }, 'SILLAGE_SERVICE_PROSPECTS is not set'],
  ])('says why in one line, with exit code 1: %j', async (environment, reason) => {
    const { code, stderr } = await Distributed.fails(environment);
    const lines = stderr.split('\n').filter((line) => line.startsWith('sillage: '));
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining(reason)]);
  });

  it('says loudly that it is insecure when that is said to be meant', async () => {
    const { stderr } = await Distributed.fails({ SILLAGE_INSECURE: 'true', SILLAGE_ADMIN_TOKEN: 'x'.repeat(20) });
    expect(stderr).toContain('SILLAGE_INSECURE=true');
  });
});

describe('the embedded profile', () => {
  it('gives its metrics to whoever has the token', async () => {
    const server = await Server.start();
    const created = await Api.of(server).post('/v1/accounts', { name: 'Acme' });
    await Api.of(server).getAfter(created, '/v1/accounts');
    const { text } = await Api.of(server).get('/metrics');
    const stranger = await new Api(server.url, 'none').get('/metrics');
    await server.stop();
    expect(text).toContain('sillage_message_seconds_count{pattern="accounts.create",outcome="ok"} 1');
    expect(text).toContain('sillage_lag_events{reader="projector"} 0');
    expect(text).toContain('sillage_lag_seconds{reader="projector"} 0');
    expect(stranger.status).toBe(401);
  });
});
