import { readInt64, readUint32, writeInt64, writeUint32 } from '../lib/int64.ts';
import type { Serde } from '../serdes/serde.ts';

// Records of a left or outer join without a match yet, byte for byte as Kafka Streams keeps them: key = 8 bytes of
// time, a byte for the side, the record's key; value = a list of values, each behind a byte for its side.

export type UnmatchedKey = { readonly timestamp: number; readonly isLeft: boolean; readonly key: unknown };

/** Several records of one side may have the same key and time. */
export type UnmatchedValues = { readonly isLeft: boolean; readonly values: readonly unknown[] };

const HEAD_SIZE = 9;
const LENGTH_SIZE = 4;

export function unmatchedKeySerde(inner: Serde<unknown>): Serde<UnmatchedKey> {
  return {
    name: `unmatched-key(${inner.name})`,
    serialize({ timestamp, isLeft, key }, topic) {
      const keyBytes = inner.serialize(key, topic);
      const bytes = new Uint8Array(HEAD_SIZE + keyBytes.length);
      writeInt64(bytes, 0, timestamp);
      bytes[HEAD_SIZE - 1] = isLeft ? 1 : 0;
      bytes.set(keyBytes, HEAD_SIZE);
      return bytes;
    },
    deserialize: (bytes, topic) => ({
      timestamp: readInt64(bytes, 0),
      isLeft: bytes[HEAD_SIZE - 1] === 1,
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
      const size = parts.reduce((sum, part) => sum + LENGTH_SIZE + 1 + part.length, LENGTH_SIZE);
      const bytes = new Uint8Array(size);
      writeUint32(bytes, 0, parts.length);
      let at = LENGTH_SIZE;
      for (const part of parts) {
        writeUint32(bytes, at, part.length + 1);
        bytes[at + LENGTH_SIZE] = isLeft ? 1 : 0;
        bytes.set(part, at + LENGTH_SIZE + 1);
        at += LENGTH_SIZE + 1 + part.length;
      }
      return bytes;
    },
    deserialize(bytes, topic) {
      const values: unknown[] = [];
      let isLeft = true;
      let at = LENGTH_SIZE;
      for (let count = readUint32(bytes, 0); count > 0; count--) {
        const length = readUint32(bytes, at);
        isLeft = bytes[at + LENGTH_SIZE] === 1;
        const part = bytes.subarray(at + LENGTH_SIZE + 1, at + LENGTH_SIZE + length);
        values.push((isLeft ? left : right).deserialize(part, topic));
        at += LENGTH_SIZE + length;
      }
      return { isLeft, values };
    },
  };
}
