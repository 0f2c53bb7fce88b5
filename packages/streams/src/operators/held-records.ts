import { readInt64, readUint32, writeInt64, writeUint32 } from '../lib/int64.ts';
import type { Serde } from '../serdes/serde.ts';
import { decodeHeld, encodeHeld, type HeldContext, packParts, unpackParts } from './held-context.ts';

/** Records that wait for a table, in the order of time, then of key bytes, then of arrival. */
export type HeldKey = { readonly timestamp: number; readonly key: unknown; readonly sequence: number };

export type HeldRecord = { readonly value: unknown; readonly context: HeldContext };

const TIME_SIZE = 8;
const SEQUENCE_SIZE = 4;

export function heldKeySerde(inner: Serde<unknown>): Serde<HeldKey> {
  return {
    name: `held-key(${inner.name})`,
    serialize({ timestamp, key, sequence }, topic) {
      const keyBytes = inner.serialize(key, topic);
      const bytes = new Uint8Array(TIME_SIZE + keyBytes.length + SEQUENCE_SIZE);
      writeInt64(bytes, 0, timestamp);
      bytes.set(keyBytes, TIME_SIZE);
      writeUint32(bytes, TIME_SIZE + keyBytes.length, sequence);
      return bytes;
    },
    deserialize(bytes, topic) {
      const keyEnd = bytes.length - SEQUENCE_SIZE;
      return {
        timestamp: readInt64(bytes, 0),
        key: inner.deserialize(bytes.subarray(TIME_SIZE, keyEnd), topic),
        sequence: readUint32(bytes, keyEnd),
      };
    },
  };
}

export function heldRecordSerde(inner: Serde<unknown>): Serde<HeldRecord> {
  return {
    name: `held-record(${inner.name})`,
    serialize: ({ value, context }, topic) => packParts([inner.serialize(value, topic), encodeHeld(context)]),
    deserialize(bytes, topic) {
      const [value, context] = unpackParts(bytes);
      return { value: inner.deserialize(value!, topic), context: decodeHeld(context!) };
    },
  };
}
