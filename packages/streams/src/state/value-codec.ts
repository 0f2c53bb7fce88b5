import { deserializeAt, type Plain, type Serde } from '../serdes/serde.ts';
import type { ValueAndTimestamp } from './stores.ts';
import { joinTimestamp, TIMESTAMP_SIZE, timestampOf } from './timestamped.ts';

/** Values of a store as its rows hold them, and as its cache may. */
export type ValueCodec<V> = {
  encode(value: V): Uint8Array;
  decode(row: Uint8Array): V;
  /** The value without its time, where that can stand for the row in a cache; null where only the row's bytes can. */
  plainOf(value: V): Plain | null;
  /** The time of a value that has one. */
  timeOf(value: V): number;
  ofPlain(plain: Plain, timeMs: number): V;
};

const NO_TIME = 0;

export function plainValues<V>(serde: Serde<V>, topic: string): ValueCodec<V> {
  return {
    encode: (value) => serde.serialize(value, topic),
    decode: (row) => serde.deserialize(row, topic),
    plainOf: (value) => serde.toPlain?.(value) ?? null,
    timeOf: () => NO_TIME,
    ofPlain: (plain) => fromPlain(serde, plain),
  };
}

export function timestampedValues<V>(serde: Serde<V>, topic: string): ValueCodec<ValueAndTimestamp<V>> {
  return {
    encode: ({ value, timestamp }) => joinTimestamp(timestamp, serde.serialize(value, topic)),
    decode: (row) => ({
      value: deserializeAt(serde, row, TIMESTAMP_SIZE, row.length, topic),
      timestamp: timestampOf(row),
    }),
    plainOf: ({ value }) => serde.toPlain?.(value) ?? null,
    timeOf: ({ timestamp }) => timestamp,
    ofPlain: (plain, timestamp) => ({ value: fromPlain(serde, plain), timestamp }),
  };
}

function fromPlain<V>(serde: Serde<V>, plain: Plain): V {
  // Without a way back, a plain value is what it was made of.
  return serde.fromPlain === undefined ? (plain as V) : serde.fromPlain(plain);
}
