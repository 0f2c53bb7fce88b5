import type { Serde } from '../../serdes/serde.ts';
import type { ValueAndTimestamp } from '../stores.ts';
import { joinTimestamp, plainValueOf, timestampOf } from '../timestamped.ts';

/** Values of a store as its rows hold them. */
export type ValueCodec<V> = {
  encode(value: V): Uint8Array;
  decode(row: Uint8Array): V;
};

export function plainValues<V>(serde: Serde<V>, topic: string): ValueCodec<V> {
  return {
    encode: (value) => serde.serialize(value, topic),
    decode: (row) => serde.deserialize(row, topic),
  };
}

export function timestampedValues<V>(serde: Serde<V>, topic: string): ValueCodec<ValueAndTimestamp<V>> {
  return {
    encode: ({ value, timestamp }) => joinTimestamp(timestamp, serde.serialize(value, topic)),
    decode: (row) => ({ value: serde.deserialize(plainValueOf(row), topic), timestamp: timestampOf(row) }),
  };
}
