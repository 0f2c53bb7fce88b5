/** Where the partitions of a store are. */
export type StorePartitions = {
  readonly total: number;
  /** Those of this instance. */
  readonly local: readonly number[];
  /** Of each partition that somebody holds: the `applicationServer` of that instance, or null where it told none. */
  readonly owners: ReadonlyMap<number, string | null>;
  /** The same of those that have a copy of a partition (`numStandbyReplicas`). */
  readonly standbys: ReadonlyMap<number, readonly (string | null)[]>;
};
