/** How much of the distributed profile is measured. */
export interface DistributedPlan {
  /** Numbers of connections that write one after the other. */
  readonly connections: readonly number[];
  /** How long they write, and before that to warm up (milliseconds). */
  readonly writing: number;
  readonly warmingUp: number;
  /** Events that the relay and the projectors catch up with. */
  readonly events: number;
  /** Of one tenant, for one projector. */
  readonly eventsOfOneTenant: number;
  /** Writes a second while the lag of the views is measured, and for how long (milliseconds). */
  readonly steadyWrites: number;
  readonly steadyFor: number;
}

const FULL: DistributedPlan = {
  connections: [8, 32],
  writing: 6_000,
  warmingUp: 2_000,
  events: 60_000,
  eventsOfOneTenant: 20_000,
  steadyWrites: 200,
  steadyFor: 20_000,
};

const SHORT: DistributedPlan = {
  ...FULL,
  writing: 2_000,
  events: 15_000,
  eventsOfOneTenant: 5_000,
  steadyFor: 5_000,
};

export function distributedPlanFor(options: { readonly short: boolean }): DistributedPlan {
  return options.short ? SHORT : FULL;
}
