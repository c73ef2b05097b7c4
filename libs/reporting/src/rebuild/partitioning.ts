/** How views are kept: each tenant's events belong to one partition, and each partition has a checkpoint of its own. */
export interface Partitioning {
  readonly partitions: number;
  /** From 0 on. */
  partitionOf(tenant: string): number;
}

export const ONE_PARTITION: Partitioning = { partitions: 1, partitionOf: () => 0 };
