import { randomUUID } from 'node:crypto';
import { setTimeout as passing } from 'node:timers/promises';
import type { Answer, Api, Call } from '../api.js';

/** A change that a user was told is done. */
export interface Acknowledged {
  /** Plural name of the record's type. */
  readonly type: string;
  readonly id: string;
  readonly revision: number;
  readonly position: number;
}

/** Of each service that owns records, a type, and a body that begins a record; others refer to an account. */
export const BODIES: readonly (readonly [type: string, body: (accountId: string) => object])[] = [
  ['accounts', () => ({ name: 'Acme', industry: 'retail' })],
  ['opportunities', (accountId) => ({ name: '200 licences', amount: { value: '10.50', currency: 'EUR' }, accountId })],
  ['prospects', () => ({ name: 'Élise Martin', source: 'trade fair' })],
  ['interactions', (accountId) => ({ kind: 'call', subject: 'A call', date: '2026-02-01T10:00:00Z', accountId })],
];

/** Milliseconds; after each refusal, as a caller would that was told to try again. */
const PAUSE = 100;

export interface CarefulCall {
  readonly method: string;
  readonly path: string;
  readonly call: Call;
  /** Ends the attempts. */
  readonly signal: AbortSignal;
  /** Told of each attempt. */
  readonly heard?: (outcome: Outcome, milliseconds: number) => void;
}

/** What came of an attempt: nobody was there, or the connection broke, when there is a reason. */
export type Outcome = { readonly answer: Answer } | { readonly unanswered: string };

/**
 * Calls as a careful caller does: what it has no answer to, and what is refused for now, it repeats with the same
 * Idempotency-Key, at whichever gateway answers.
 * @return undefined when the attempts were ended before there was an answer
 */
export async function careful(
  gateways: readonly Api[],
  { method, path, call, signal, heard = () => {} }: CarefulCall,
): Promise<Answer | undefined> {
  const headers = { ...call.headers, 'idempotency-key': randomUUID() };
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const api = gateways[attempt % gateways.length] as Api;
    const begun = performance.now();
    const outcome = await api.call(method, path, { ...call, headers }).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ unanswered: codeOf(error) }),
    );
    heard(outcome, performance.now() - begun);
    if ('answer' in outcome && outcome.answer.status !== 503) return outcome.answer;
    await passing(PAUSE);
  }
  return undefined;
}

/** Creates and changes records of every service, so many at a time, until it is told to stop. */
export class MixedLoad {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that no caller should get. */
  readonly strange: Answer[] = [];
  /** Why calls had no answer, by the code of the error: nobody there, or a connection that broke. */
  readonly unanswered: string[] = [];
  /** Answers that it cannot be done just now: 503 with Retry-After. */
  readonly refused: Answer[] = [];
  /** Milliseconds that the slowest answer took. */
  slowest = 0;
  private readonly loops: Promise<void>[];
  private readonly stopping = new AbortController();

  constructor(
    private readonly gateways: readonly Api[],
    width: number,
  ) {
    this.loops = Array.from({ length: width }, (_, loop) => this.run(loop));
  }

  /** What to know of it when it does not go on. */
  toString(): string {
    const strange = this.strange.map(({ status, text }) => `${status} ${text}`);
    const [refused, unanswered] = [this.refused.at(-1)?.text, this.unanswered.at(-1)];
    return `strange: [${strange.join(', ')}], last refused: ${refused}, last unanswered: ${unanswered}`;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private async run(loop: number): Promise<void> {
    let account = '';
    for (let turn = 0; !this.stopping.signal.aborted; turn += 1) {
      const [type, body] = BODIES[turn % BODIES.length] as (typeof BODIES)[number];
      const created = await this.done('POST', `/v1/${type}`, { body: body(account) });
      if (created === undefined) return;
      const { id } = this.note(type, created);
      if (type === 'accounts') account = id;
      const change = { body: { owner: `owner ${loop}` }, headers: { 'if-match': '"0"' } };
      const changed = await this.done('PATCH', `/v1/${type}/${id}`, change);
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
  private async done(method: string, path: string, call: Call): Promise<Answer | undefined> {
    const { signal } = this.stopping;
    const heard = (outcome: Outcome, milliseconds: number) => this.hear(outcome, milliseconds);
    const answer = await careful(this.gateways, { method, path, call, signal, heard });
    return answer?.status === 200 || answer?.status === 201 ? answer : undefined;
  }

  private hear(outcome: Outcome, milliseconds: number): void {
    if ('unanswered' in outcome) {
      this.unanswered.push(outcome.unanswered);
      return;
    }
    const { answer } = outcome;
    this.slowest = Math.max(this.slowest, milliseconds);
    const isDone = answer.status === 200 || answer.status === 201;
    const isPolite = answer.status === 503 && answer.headers.get('retry-after') !== null;
    if (isPolite) this.refused.push(answer);
    else if (!isDone) this.strange.push(answer);
  }
}

/** `fetch` tells what happened by the code of the cause of its error, which is no Error of the realm that Jest makes. */
function codeOf(error: unknown): string {
  const { cause, message } = error as { readonly cause?: { readonly code?: string }; readonly message?: string };
  return cause?.code ?? message ?? String(error);
}
