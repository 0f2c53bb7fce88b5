import type { Header } from '../state/record-context.ts';

/** Where records of a task leave: the producer's open batches, or the test driver's lists. Appending never waits. */
export type RecordCollector = {
  /** Null as partition: by the key's hash. Bytes belong to the collector, or are copied by it, from then on. */
  append(
    topic: string,
    partition: number | null,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly Header[],
  ): void;
  /** Null while it is not known. */
  partitionCount(topic: string): number | null;
};
