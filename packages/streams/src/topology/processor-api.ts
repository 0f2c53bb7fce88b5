import type { DurationMs } from '../lib/duration.ts';
import type { Header, RecordMetadata } from '../state/record-context.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { StateStore } from '../state/stores.ts';

/** A record as processors see it: immutable, each `with…` gives a changed copy. */
export class Record<K, V> {
  readonly key: K;
  readonly value: V;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly headers: readonly Header[];

  constructor(key: K, value: V, timestamp: number, headers: readonly Header[] = []) {
    this.key = key;
    this.value = value;
    this.timestamp = timestamp;
    this.headers = headers;
  }

  withKey<KR>(key: KR): Record<KR, V> {
    return new Record(key, this.value, this.timestamp, this.headers);
  }

  withValue<VR>(value: VR): Record<K, VR> {
    return new Record(this.key, value, this.timestamp, this.headers);
  }

  withTimestamp(timestamp: number): Record<K, V> {
    return new Record(this.key, this.value, timestamp, this.headers);
  }

  withHeaders(headers: readonly Header[]): Record<K, V> {
    return new Record(this.key, this.value, this.timestamp, headers);
  }
}

/** A record whose key must stay: only `FixedKeyProcessor`s get it. */
export class FixedKeyRecord<K, V> {
  readonly key: K;
  readonly value: V;
  readonly timestamp: number;
  readonly headers: readonly Header[];

  /** @internal Only the runtime makes them, so that nobody can slip in another key. */
  constructor(key: K, value: V, timestamp: number, headers: readonly Header[]) {
    this.key = key;
    this.value = value;
    this.timestamp = timestamp;
    this.headers = headers;
  }

  withValue<VR>(value: VR): FixedKeyRecord<K, VR> {
    return new FixedKeyRecord(this.key, value, this.timestamp, this.headers);
  }

  withTimestamp(timestamp: number): FixedKeyRecord<K, V> {
    return new FixedKeyRecord(this.key, this.value, timestamp, this.headers);
  }

  withHeaders(headers: readonly Header[]): FixedKeyRecord<K, V> {
    return new FixedKeyRecord(this.key, this.value, this.timestamp, headers);
  }
}

/** What a topic chooser or a value transformer may know of the record in process. */
export type RecordView = {
  readonly timestamp: number;
  readonly topic: string | null;
  readonly partition: number;
  readonly offset: number;
  readonly headers: readonly Header[];
};

export type PunctuationType = 'stream-time' | 'wall-clock';

/** Gets the stream time or the wall-clock time at which it runs. */
export type Punctuator = (timestampMs: number) => void;

export type Cancellable = { cancel(): void };

type CommonContext = {
  readonly taskId: string;
  readonly applicationId: string;
  /** The record in process; null in a punctuation. */
  recordMetadata(): RecordMetadata | null;
  /** The highest record time that the task has seen, -1 before the first. */
  currentStreamTimeMs(): number;
  currentSystemTimeMs(): number;
  /** A store that this processor is connected to. Throws `INVALID_ARGUMENT` for any other. */
  getStateStore<S extends StateStore>(name: string): S;
  /**
   * Stream time: due at time 0 first (so on the first record), then on every multiple of the interval, once for a jump.
   * Wall clock: due one interval from now, once for a jump. `startMs` sets the first time.
   */
  schedule(interval: DurationMs, type: PunctuationType, punctuator: Punctuator, startMs?: number): Cancellable;
  /** Asks for a commit soon. */
  commit(): void;
};

export type ProcessorContext<KOut = unknown, VOut = unknown> = CommonContext & {
  /** Returns when all that follows from the record is done; to one child by its name, or to all. */
  forward(record: Record<KOut, VOut>, child?: string): void;
};

export type FixedKeyProcessorContext<K = unknown, VOut = unknown> = CommonContext & {
  forward(record: FixedKeyRecord<K, VOut>, child?: string): void;
};

export interface Processor<KIn, VIn, KOut = unknown, VOut = unknown> {
  init?(context: ProcessorContext<KOut, VOut>): void;
  process(record: Record<KIn, VIn>): void;
  close?(): void;
}

export interface FixedKeyProcessor<KIn, VIn, VOut = unknown> {
  init?(context: FixedKeyProcessorContext<KIn, VOut>): void;
  process(record: FixedKeyRecord<KIn, VIn>): void;
  close?(): void;
}

/** Makes the processor of one task; `stores` are added to the topology and connected by themselves. */
export type ProcessorSupplier<KIn, VIn, KOut = unknown, VOut = unknown> = {
  (): Processor<KIn, VIn, KOut, VOut>;
  readonly stores?: readonly StoreSpec[];
};

export type FixedKeyProcessorSupplier<KIn, VIn, VOut = unknown> = {
  (): FixedKeyProcessor<KIn, VIn, VOut>;
  readonly stores?: readonly StoreSpec[];
};
