import { setTimeout as passing } from 'node:timers/promises';
import type { Api } from '../api.js';
import { type Acknowledged, BODIES, careful } from './mixed-load.js';

/** Milliseconds after which a Sillage that is not whole again is given up. */
const LONGEST = 120_000;

/**
 * Waits until a Sillage is whole again for a tenant: a record of each type that is begun now is acknowledged, and its
 * lists show them, at every gateway.
 * @return what was acknowledged meanwhile
 */
export async function whole(gateways: readonly Api[]): Promise<readonly Acknowledged[]> {
  const signal = AbortSignal.timeout(LONGEST);
  const acknowledged: Acknowledged[] = [];
  for (const [type, body] of BODIES) {
    const call = { body: body(acknowledged[0]?.id ?? ''), headers: {} };
    const answer = await careful(gateways, { method: 'POST', path: `/v1/${type}`, call, signal });
    if (answer?.status !== 201) throw new Error(`no ${type} could be created: ${answer?.text ?? 'nobody answered'}`);
    acknowledged.push({
      type,
      id: answer.body.id,
      revision: answer.body.revision,
      position: Number(answer.headers.get('sillage-position')),
    });
  }
  const position = String(acknowledged.at(-1)?.position);
  await Promise.all(gateways.map((gateway) => shows(gateway, position, signal)));
  return acknowledged;
}

async function shows(gateway: Api, position: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const wait = { 'sillage-wait-for': position };
    const answer = await gateway.get('/v1/accounts?limit=1', wait).catch(() => undefined);
    if (answer?.status === 200) return;
    if (signal.aborted) throw new Error(`lists do not show ${position}: ${answer?.text ?? 'nobody answers'}`);
    await passing(50);
  }
}
