import { randomUUID } from 'node:crypto';
import { setTimeout as passing } from 'node:timers/promises';
import type { Answer, Api } from '../api.js';

/** A change that a user was told is done. */
export interface Acknowledged {
  /** Plural name of the record's type. */
  readonly type: string;
  readonly id: string;
  readonly revision: number;
  readonly position: number;
}

/** Of each service that owns records, a type, and a body that begins a record; others refer to an account. */
const BODIES: readonly (readonly [type: string, body: (accountId: string) => object])[] = [
  ['accounts', () => ({ name: 'Acme', industry: 'retail' })],
  ['opportunities', (accountId) => ({ name: '200 licences', amount: { value: '10.50', currency: 'EUR' }, accountId })],
  ['prospects', () => ({ name: 'Élise Martin', source: 'trade fair' })],
  ['interactions', (accountId) => ({ kind: 'call', subject: 'A call', date: '2026-02-01T10:00:00Z', accountId })],
];

/** Milliseconds; after each refusal, as a caller would that was told to try again. */
const PAUSE = 100;

/**
 * Creates and changes records of every service, so many at a time, until it is told to stop. As careful callers do, it
 * repeats what it has no answer to, with the same Idempotency-Key, at whichever gateway answers.
 */
export class MixedLoad {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that no caller should get. */
  readonly strange: Answer[] = [];
  /** Milliseconds that the slowest answer took. */
  slowest = 0;
  private readonly loops: Promise<void>[];
  private isStopping = false;

  constructor(
    private readonly gateways: readonly Api[],
    width: number,
  ) {
    this.loops = Array.from({ length: width }, (_, loop) => this.run(loop));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.loops);
  }

  private async run(loop: number): Promise<void> {
    let account = '';
    for (let turn = 0; !this.isStopping; turn += 1) {
      const [type, body] = BODIES[turn % BODIES.length] as (typeof BODIES)[number];
      const created = await this.untilDone('POST', `/v1/${type}`, { body: body(account), headers: {} });
      if (created === undefined) return;
      const { id } = this.note(type, created);
      if (type === 'accounts') account = id;
      const change = { body: { owner: `owner ${loop}` }, headers: { 'if-match': '"0"' } };
      const changed = await this.untilDone('PATCH', `/v1/${type}/${id}`, change);
      if (changed !== undefined) this.note(type, changed);
    }
  }

  private note(type: string, { body, headers }: Answer): Acknowledged {
    const position = Number(headers.get('sillage-position'));
    const acknowledged = { type, id: body.id, revision: body.revision, position };
    this.acknowledged.push(acknowledged);
    return acknowledged;
  }

  /** Undefined when it was refused, or the load stopped before anybody had said that it is done. */
  private async untilDone(
    method: string,
    path: string,
    { body, headers }: { readonly body: object; readonly headers: Record<string, string> },
  ): Promise<Answer | undefined> {
    const key = randomUUID();
    for (let attempt = 0; !this.isStopping; attempt += 1) {
      const api = this.gateways[attempt % this.gateways.length] as Api;
      const begun = performance.now();
      const call = { body, headers: { ...headers, 'idempotency-key': key } };
      const answer = await api.call(method, path, call).catch(() => undefined);
      if (answer !== undefined) this.slowest = Math.max(this.slowest, performance.now() - begun);
      if (answer?.status === 200 || answer?.status === 201) return answer;
      if (answer !== undefined && answer.status !== 503) {
        this.strange.push(answer);
        return undefined;
      }
      await passing(PAUSE);
    }
    return undefined;
  }
}
