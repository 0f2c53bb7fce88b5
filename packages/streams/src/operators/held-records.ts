import { ByteReader, ByteWriter } from '../lib/byte-cursors.ts';
import { readInt64, readUint32 } from '../lib/int64.ts';
import type { Serde } from '../serdes/serde.ts';
import { decodeBufferValue, encodeBufferValue, type HeldContext } from './held-context.ts';

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
      const writer = new ByteWriter(TIME_SIZE + keyBytes.length + SEQUENCE_SIZE);
      writer.int64(timestamp);
      writer.raw(keyBytes);
      writer.int32(sequence);
      return writer.bytes;
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
    serialize({ value, context }, topic) {
      const bytes = inner.serialize(value, topic);
      return encodeBufferValue({ context, prior: null, old: null, new: bytes }, 0).bytes;
    },
    deserialize(bytes, topic) {
      const { context, new: valueBytes } = decodeBufferValue(new ByteReader(bytes));
      return { value: inner.deserialize(valueBytes!, topic), context };
    },
  };
}
