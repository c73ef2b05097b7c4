import { Problem } from '@sillage/kernel';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { authenticated } from '../authentication.js';
import type { FairQueue, Place } from './fair-queue.js';
import { LongAnswers } from './long-answers.js';

/** Milliseconds that a request waits for its turn: with the time of a service, the ten seconds of the gateway. */
const PATIENCE = 2_000;

/** Whose turns an answer takes, and its first one. */
interface Taken {
  readonly queue: FairQueue;
  readonly long: LongAnswers;
  readonly tenant: string;
  readonly place: Place;
}

const takenBy = new WeakMap<FastifyReply['raw'], Taken>();

/** Lets requests wait until it is their tenant's turn, before their bodies are read. What needs no token waits for nobody. */
export function takeTurns(fastify: FastifyInstance, queue: FairQueue): void {
  const long = new LongAnswers();
  fastify.addHook('onRequest', (request, { raw }, next) => {
    const tenant = authenticated(request)?.tenant;
    if (tenant === undefined) {
      next();
      return;
    }
    // Whoever has gone while the token was looked at takes nobody's place, and nobody would tell that they have left.
    if (raw.closed) return;
    const place = waitForTurn(queue, tenant, next);
    if (place === undefined) return;
    takenBy.set(raw, { queue, long, tenant, place });
    raw.once('close', place.leave);
    if (place.isAtWork) next();
  });
}

/** Does a part of a long answer when it is its tenant's turn. @throws Problem when too many wait, or for too long. */
export type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/**
 * Gives up the turn of an answer that goes on and on, at the pace of its reader. What it still has to do it does in
 * further turns.
 * @throws Problem when the tenant has too many of them.
 */
export function answerAtLength({ raw }: FastifyReply): InTurn {
  const taken = takenBy.get(raw);
  if (taken === undefined) return (work) => work();
  const { queue, long, tenant, place } = taken;
  if (!long.begin(tenant)) throw new Problem('overloaded');
  if (raw.closed) long.end(tenant);
  else raw.once('close', () => long.end(tenant));
  place.leave();
  return async (work) => {
    const further = await turn(queue, tenant);
    try {
      return await work();
    } finally {
      further.leave();
    }
  };
}

function turn(queue: FairQueue, tenant: string): Promise<Place> {
  return new Promise((resolve, reject) => {
    const place = waitForTurn(queue, tenant, (refusal) => {
      if (refusal !== undefined) reject(refusal);
      else if (place !== undefined) resolve(place);
    });
    if (place?.isAtWork) resolve(place);
  });
}

/** @param proceed called once: with a refusal, or without when it is the turn of a request that had to wait */
function waitForTurn(queue: FairQueue, tenant: string, proceed: (refusal?: Problem) => void): Place | undefined {
  let late: NodeJS.Timeout | undefined;
  const place = queue.enter(tenant, () => {
    clearTimeout(late);
    proceed();
  });
  if (place === undefined) {
    proceed(new Problem('overloaded'));
    return undefined;
  }
  if (place.isAtWork) return place;
  late = setTimeout(() => {
    leave();
    proceed(new Problem('overloaded'));
  }, PATIENCE);
  const leave = () => {
    clearTimeout(late);
    place.leave();
  };
  return { isAtWork: false, leave };
}
