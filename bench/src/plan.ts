/** How much is measured. */
export interface Plan {
  /** Records of the lists, searches and reports. */
  readonly records: number;
  /** Different searches that are sent in turn. */
  readonly queries: number;
  /** Numbers of connections that are tried one after the other. */
  readonly connections: readonly number[];
  /** Turns of each side that count; one more before them warms up. */
  readonly rounds: number;
  /** Turns at most, when others use the machine meanwhile; the quietest count. */
  readonly mostRounds: number;
  /** A turn of creates ends after so many requests, so that both stores grow alike. */
  readonly createsPerTurn: number;
  /** A turn ends after so long (milliseconds); for creates that is a bound only. */
  readonly readTurn: number;
  readonly longestTurn: number;
  readonly starts: number;
}

const FULL: Plan = {
  records: 10_000,
  queries: 96,
  connections: [8, 32],
  rounds: 5,
  mostRounds: 8,
  createsPerTurn: 6_000,
  readTurn: 1_500,
  longestTurn: 6_000,
  starts: 5,
};

const SHORT: Plan = {
  ...FULL,
  rounds: 3,
  mostRounds: 4,
  createsPerTurn: 2_000,
  readTurn: 500,
  longestTurn: 2_000,
  starts: 3,
};

export function planFor(options: { readonly short: boolean }): Plan {
  return options.short ? SHORT : FULL;
}
