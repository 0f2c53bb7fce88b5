import { deserializeAt, type Serde } from '../serdes/serde.ts';
import type { ValueAndTimestamp } from './stores.ts';
import { joinTimestamp, TIMESTAMP_SIZE, timestampOf } from './timestamped.ts';

/** A value that nobody can change, or of an array: nobody does. */
export type Plain = string | number | boolean | readonly unknown[];

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
    plainOf: (value) => plainOf(serde, value),
    timeOf: () => NO_TIME,
    ofPlain: (plain) => plain as V,
  };
}

export function timestampedValues<V>(serde: Serde<V>, topic: string): ValueCodec<ValueAndTimestamp<V>> {
  return {
    encode: ({ value, timestamp }) => joinTimestamp(timestamp, serde.serialize(value, topic)),
    decode: (row) => ({
      value: deserializeAt(serde, row, TIMESTAMP_SIZE, row.length, topic),
      timestamp: timestampOf(row),
    }),
    plainOf: ({ value }) => plainOf(serde, value),
    timeOf: ({ timestamp }) => timestamp,
    ofPlain: (plain, timestamp) => ({ value: plain as V, timestamp }),
  };
}

function plainOf<V>(serde: Serde<V>, value: V): Plain | null {
  // That only such values are plain is the serde's promise.
  return serde.isPlain?.(value) === true ? (value as Plain) : null;
}
