import type { OperationName } from '../contenders/contender.js';
import type { Pair } from '../contenders/pair.js';
import type { LoadPlan } from '../load/closed-loop.js';
import { type Summary, summarize } from './summary.js';
import { type Settle, type Turn, takeTurn } from './turn.js';

/** A round in which others had more of the machine than this part is measured once more. */
const DISTURBED = 0.1;

/** A turn of each side, one right after the other. */
export interface Round {
  readonly floor: Turn;
  readonly sillage: Turn;
}

/** Both sides of one operation. */
export interface Comparison {
  readonly operation: OperationName;
  readonly connections: number;
  readonly floor: Summary;
  readonly sillage: Summary;
  /** The first one warmed up. */
  readonly rounds: readonly Round[];
}

export interface ComparisonPlan {
  readonly operation: OperationName;
  readonly load: LoadPlan;
  /** That count. */
  readonly rounds: number;
  /** That are measured at most where others use the machine, to have so many quiet ones; the quietest count. */
  readonly mostRounds: number;
  readonly settle: Settle;
  readonly say: (line: string) => void;
}

/**
 * The sides take turns, A B A B, so that whatever else the machine does meets both. Which rounds count is chosen by what
 * others did, never by what came out.
 */
export async function compare(pair: Pair, plan: ComparisonPlan): Promise<Comparison> {
  const { operation, load, rounds: wanted, mostRounds } = plan;
  const warmUp = await measureRound(pair, plan, 'warm-up');
  const rounds: Round[] = [];
  while (rounds.filter(isQuiet).length < wanted && rounds.length < mostRounds) {
    rounds.push(await measureRound(pair, plan, `round ${rounds.length + 1}`));
  }
  const kept = rounds.toSorted((one, other) => disturbance(one) - disturbance(other)).slice(0, wanted);
  const all = [warmUp, ...rounds];
  const summaryOf = (turn: (round: Round) => Turn): Summary => summarize(kept.map(turn), all.map(turn));
  return {
    operation,
    connections: load.connections,
    floor: summaryOf(({ floor }) => floor),
    sillage: summaryOf(({ sillage }) => sillage),
    rounds: all,
  };
}

async function measureRound([floor, sillage]: Pair, plan: ComparisonPlan, title: string): Promise<Round> {
  const { operation, load, settle, say } = plan;
  const round = {
    floor: await takeTurn(floor, operation, load, settle),
    sillage: await takeTurn(sillage, operation, load, settle),
  };
  const rates = `floor ${Math.round(round.floor.rate)}/s, Sillage ${Math.round(round.sillage.rate)}/s`;
  const others = `${Math.round(disturbance(round) * 100)} % elsewhere`;
  say(`${operation}, ${load.connections} connections, ${title}: ${rates} (${others})`);
  return round;
}

function isQuiet(round: Round): boolean {
  return disturbance(round) <= DISTURBED;
}

/** The part of the machine that others had; 0 where that is not known. */
function disturbance({ floor, sillage }: Round): number {
  return Math.max(floor.elsewhere ?? 0, sillage.elsewhere ?? 0);
}
