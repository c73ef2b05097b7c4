import { runLoad } from '../load/closed-loop.js';
import type { Workspace } from '../processes/workspace.js';
import type { Contender, SampleSize } from './contender.js';
import { startFloor } from './floor.js';
import { startSillage } from './sillage.js';

/** How long views may take to show what was acknowledged (milliseconds). */
const SHOWN_WITHIN = 60_000;
const SEEDING_CONNECTIONS = 32;

/** The two that are compared, floor first: the order in which they take turns. */
export type Pair = readonly [floor: Contender, sillage: Contender];

export async function startPair(workspace: Workspace, size: SampleSize, profileInto?: string): Promise<Pair> {
  return [await startFloor(workspace, size), await startSillage(workspace, size, profileInto)];
}

/** Gives both the same records, through their own front doors, and waits until their reads show them. */
export async function fillPair(pair: Pair, records: number): Promise<void> {
  for (const contender of pair) {
    const { server, operations, name } = contender;
    const plan = { connections: SEEDING_CONNECTIONS, requests: records, milliseconds: 600_000 };
    const { faults } = await runLoad(server.origin, operations.create, plan);
    if (faults.count > 0) throw new Error(`${name} could not be filled: ${faults.describe().join('; ')}`);
    const shown = await untilShown(contender, records);
    if (shown.records !== records) throw new Error(`${name} shows ${shown.records} of ${records} records`);
  }
}

/** What a contender's reads show, and the milliseconds until they did. */
export interface Shown {
  readonly records: number;
  readonly after: number;
}

/** Waits until a contender's reads show that many records, or for a minute. */
export async function untilShown(contender: Contender, wanted: number): Promise<Shown> {
  const startedAt = performance.now();
  for (;;) {
    const records = await contender.count();
    const after = performance.now() - startedAt;
    if (records >= wanted || after > SHOWN_WITHIN) return { records, after };
  }
}
