import { ByteReader } from '../lib/byte-cursors.ts';
import { equalBytes } from '../lib/bytes.ts';
import type { Serde } from '../serdes/serde.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { KeyValueStore } from '../state/stores.ts';
import type { Change } from './change.ts';
import { type BufferValue, decodeBufferValue, encodeBufferValue, type HeldContext } from './held-context.ts';

/** The changes that a suppression holds back, by key. */
export type SuppressStore = KeyValueStore<unknown, HeldChange>;

const TIME_SIZE = 8;
const CONTEXT_SIZE = 8 + 8 + 4;

/** A change that is held back. It keeps bytes, and reads a value out of them when one is asked for. */
export class HeldChange {
  /** What it waits by: the time of the key's first held change, or its window's end. */
  readonly timeMs: number;
  readonly parts: BufferValue;
  readonly #serde: Serde<unknown>;
  readonly #topic: string;

  constructor(timeMs: number, parts: BufferValue, serde: Serde<unknown>, topic: string) {
    this.timeMs = timeMs;
    this.parts = parts;
    this.#serde = serde;
    this.#topic = topic;
  }

  get context(): HeldContext {
    return this.parts.context;
  }

  /** The value that downstream knows. */
  get prior(): unknown {
    return this.#read(this.parts.prior);
  }

  /** Of the latest change. */
  get old(): unknown {
    return this.#read(this.parts.old);
  }

  get new(): unknown {
    return this.#read(this.parts.new);
  }

  /** Counted as Kafka Streams counts it, so that a limit in bytes means the same. */
  get sizeBytes(): number {
    const { context, prior, old, new: next } = this.parts;
    let size = TIME_SIZE + CONTEXT_SIZE + (context.topic?.length ?? 0);
    for (const { key, value } of context.headers) size += key.length + (value?.length ?? 0);
    return size + (prior?.length ?? 0) + (old === null || old === prior ? 0 : old.length) + (next?.length ?? 0);
  }

  #read(bytes: Uint8Array | null): unknown {
    return bytes === null ? null : this.#serde.deserialize(bytes, this.#topic);
  }
}

/** Makes held changes of one suppression. */
export class HeldChanges {
  readonly #serde: Serde<unknown>;
  readonly #topic: string;

  constructor(serde: Serde<unknown>, topic: string) {
    this.#serde = serde;
    this.#topic = topic;
  }

  /** A change of a key of which nothing is held yet: its old value is what downstream knows. */
  first(timeMs: number, change: Change, context: HeldContext): HeldChange {
    const old = this.#bytesOf(change.old);
    return this.#held(timeMs, { context, prior: old, old, new: this.#bytesOf(change.new) });
  }

  /** A further change takes the place of the held one, also in the queue. */
  next(held: HeldChange, change: Change, context: HeldContext): HeldChange {
    const { prior } = held.parts;
    const old = this.#bytesOf(change.old);
    const isSame = old !== null && prior !== null && equalBytes(old, prior);
    return this.#held(held.timeMs, { context, prior, old: isSame ? prior : old, new: this.#bytesOf(change.new) });
  }

  #held(timeMs: number, parts: BufferValue): HeldChange {
    return new HeldChange(timeMs, parts, this.#serde, this.#topic);
  }

  #bytesOf(value: unknown): Uint8Array | null {
    return value === null ? null : this.#serde.serialize(value, this.#topic);
  }
}

/** Byte for byte what Kafka Streams writes to a suppression's changelog (version 3). */
export function heldChangeSerde(inner: Serde<unknown>): Serde<HeldChange> {
  return {
    name: `held-change(${inner.name})`,
    serialize(held) {
      const writer = encodeBufferValue(held.parts, TIME_SIZE);
      writer.int64(held.timeMs);
      return writer.bytes;
    },
    deserialize(bytes, topic) {
      const reader = new ByteReader(bytes);
      const parts = decodeBufferValue(reader);
      return new HeldChange(reader.int64(), parts, inner, topic);
    },
  };
}

export type SuppressStoreOptions = {
  readonly name: string;
  readonly keySerde: Serde<unknown>;
  readonly valueSerde: Serde<unknown>;
  readonly logging: boolean;
};

/** In memory, as what is held back fits there or must be limited; restored from its changelog. */
export function suppressStoreSpec(options: SuppressStoreOptions): StoreSpec<unknown, HeldChange> {
  return {
    kind: 'key-value',
    name: options.name,
    keySerde: options.keySerde,
    valueSerde: heldChangeSerde(options.valueSerde),
    engine: 'memory',
    caching: false,
    logging: options.logging ? { topicConfig: {} } : false,
    timestamped: false,
  };
}
