import { ByteReader, ByteWriter } from '../lib/byte-cursors.ts';
import { readInt64 } from '../lib/int64.ts';
import type { Serde } from '../serdes/serde.ts';

// Records of a left or outer join without a match yet, byte for byte as Kafka Streams keeps them. The key: 8 bytes of
// time, a byte for the side, the record's key. The value: a list, each value behind a byte for its side.

export type UnmatchedKey = { readonly timestamp: number; readonly isLeft: boolean; readonly key: unknown };

/** Several records of one side may have the same key and time. */
export type UnmatchedValues = { readonly isLeft: boolean; readonly values: readonly unknown[] };

const TIME_SIZE = 8;
const SIDE_SIZE = 1;
const HEAD_SIZE = TIME_SIZE + SIDE_SIZE;
const LENGTH_SIZE = 4;

/** Kafka's list format for values of any size: a byte that says so, the count, each value behind its length. */
const VARIABLE_SIZE = 1;
const LIST_HEAD_SIZE = 1 + LENGTH_SIZE;

export function unmatchedKeySerde(inner: Serde<unknown>): Serde<UnmatchedKey> {
  return {
    name: `unmatched-key(${inner.name})`,
    serialize({ timestamp, isLeft, key }, topic) {
      const keyBytes = inner.serialize(key, topic);
      const writer = new ByteWriter(HEAD_SIZE + keyBytes.length);
      writer.int64(timestamp);
      writer.int8(isLeft ? 1 : 0);
      writer.raw(keyBytes);
      return writer.bytes;
    },
    deserialize: (bytes, topic) => ({
      timestamp: readInt64(bytes, 0),
      isLeft: bytes[TIME_SIZE] === 1,
      key: inner.deserialize(bytes.subarray(HEAD_SIZE), topic),
    }),
  };
}

export function unmatchedValuesSerde(left: Serde<unknown>, right: Serde<unknown>): Serde<UnmatchedValues> {
  return {
    name: `unmatched-values(${left.name}, ${right.name})`,
    serialize({ isLeft, values }, topic) {
      const inner = isLeft ? left : right;
      const parts = values.map((value) => inner.serialize(value, topic));
      const size = parts.reduce((sum, part) => sum + LENGTH_SIZE + SIDE_SIZE + part.length, LIST_HEAD_SIZE);
      const writer = new ByteWriter(size);
      writer.int8(VARIABLE_SIZE);
      writer.int32(parts.length);
      for (const part of parts) {
        writer.int32(SIDE_SIZE + part.length);
        writer.int8(isLeft ? 1 : 0);
        writer.raw(part);
      }
      return writer.bytes;
    },
    deserialize(bytes, topic) {
      const reader = new ByteReader(bytes);
      reader.int8();
      const values: unknown[] = [];
      let isLeft = true;
      for (let count = reader.int32(); count > 0; count--) {
        const length = reader.int32();
        isLeft = reader.int8() === 1;
        values.push((isLeft ? left : right).deserialize(reader.raw(length - SIDE_SIZE), topic));
      }
      return { isLeft, values };
    },
  };
}
