/** How far a store of this instance is behind its changelog. (Kafka Streams: LagInfo.) */
export type StoreLag = {
  readonly store: string;
  readonly partition: number;
  /** The offset up to which the store has its changelog. */
  readonly currentOffset: number;
  /** Where the changelog ends. */
  readonly endOffset: number;
  readonly offsetLag: number;
};
