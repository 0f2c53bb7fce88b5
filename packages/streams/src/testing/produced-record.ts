import type { Header } from '../state/record-context.ts';

/** A record that the topology has sent to a topic, in bytes. */
export type ProducedRecord = {
  readonly topic: string;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly headers: readonly Header[];
};

/** A record of a test, in the test's own types. */
export type TestRecord<K, V> = {
  readonly key: K | null;
  readonly value: V | null;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly headers: readonly Header[];
};
