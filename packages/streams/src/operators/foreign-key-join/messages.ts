import { readUint32, writeUint32 } from '../../lib/int64.ts';
import { MURMUR3_SIZE } from '../../lib/murmur3.ts';
import { malformed } from '../../serdes/errors.ts';
import type { Serde } from '../../serdes/serde.ts';

// What the two sides of a foreign-key join tell each other, byte for byte as Kafka Streams writes it.

/** What the right side is to do with a subscription. The numbers are those on the wire. */
export const INSTRUCTIONS = {
  deleteAndKeepQuiet: 0,
  deleteAndPropagate: 1,
  propagateNullIfAbsent: 2,
  propagateOnlyIfPresent: 3,
} as const;

export type Instruction = (typeof INSTRUCTIONS)[keyof typeof INSTRUCTIONS];

/** The left side asks for the row of a foreign key. */
export type Subscription = {
  /** Of the left value's bytes; null for a deleted row. */
  readonly hash: Uint8Array | null;
  readonly instruction: Instruction;
  readonly primaryKey: unknown;
  readonly primaryPartition: number;
};

/** The right side's answer. */
export type Response = {
  readonly hash: Uint8Array | null;
  readonly foreignValue: unknown;
  readonly primaryPartition: number;
};

/** Subscriptions are kept by foreign key, then primary key; a null foreign key is kept nowhere. */
export type CombinedKey = { readonly foreignKey: unknown; readonly primaryKey: unknown };

const SUBSCRIPTION_VERSION = 1;
const RESPONSE_VERSION = 0;
const HASH_IS_NULL = 0x80;
const VERSION_MASK = 0x7f;
const INT32_SIZE = 4;

export function subscriptionSerde(primaryKey: Serde<unknown>): Serde<Subscription> {
  const name = `subscription(${primaryKey.name})`;
  return {
    name,
    serialize(message, topic) {
      const key = primaryKey.serialize(message.primaryKey, topic);
      const hashSize = message.hash === null ? 0 : MURMUR3_SIZE;
      const bytes = new Uint8Array(2 + hashSize + key.length + INT32_SIZE);
      bytes[0] = SUBSCRIPTION_VERSION | (message.hash === null ? HASH_IS_NULL : 0);
      bytes[1] = message.instruction;
      if (message.hash !== null) bytes.set(message.hash, 2);
      bytes.set(key, 2 + hashSize);
      writeUint32(bytes, 2 + hashSize + key.length, message.primaryPartition);
      return bytes;
    },
    deserialize(bytes, topic) {
      const version = bytes[0]! & VERSION_MASK;
      if (version !== SUBSCRIPTION_VERSION) throw malformed(name, `version ${version} is unknown`);
      const hashSize = (bytes[0]! & HASH_IS_NULL) === 0 ? MURMUR3_SIZE : 0;
      const keyEnd = bytes.length - INT32_SIZE;
      return {
        hash: hashSize === 0 ? null : bytes.slice(2, 2 + hashSize),
        instruction: bytes[1] as Instruction,
        primaryKey: primaryKey.deserialize(bytes.subarray(2 + hashSize, keyEnd), topic),
        primaryPartition: readUint32(bytes, keyEnd),
      };
    },
  };
}

export function responseSerde(foreignValue: Serde<unknown>): Serde<Response> {
  const name = `response(${foreignValue.name})`;
  return {
    name,
    serialize(message, topic) {
      const value = message.foreignValue === null ? null : foreignValue.serialize(message.foreignValue, topic);
      const hashSize = message.hash === null ? 0 : MURMUR3_SIZE;
      const bytes = new Uint8Array(1 + hashSize + (value?.length ?? 0));
      bytes[0] = RESPONSE_VERSION | (message.hash === null ? HASH_IS_NULL : 0);
      if (message.hash !== null) bytes.set(message.hash, 1);
      if (value !== null) bytes.set(value, 1 + hashSize);
      return bytes;
    },
    deserialize(bytes, topic) {
      const version = bytes[0]! & VERSION_MASK;
      if (version !== RESPONSE_VERSION) throw malformed(name, `version ${version} is unknown`);
      const hashSize = (bytes[0]! & HASH_IS_NULL) === 0 ? MURMUR3_SIZE : 0;
      // An empty rest means null: the format has no other way to say it.
      const rest = bytes.subarray(1 + hashSize);
      return {
        hash: hashSize === 0 ? null : bytes.slice(1, 1 + hashSize),
        foreignValue: rest.length === 0 ? null : foreignValue.deserialize(rest, topic),
        primaryPartition: -1,
      };
    },
  };
}

export function combinedKeySerde(foreignKey: Serde<unknown>, primaryKey: Serde<unknown>): Serde<CombinedKey> {
  return {
    name: `combined-key(${foreignKey.name}, ${primaryKey.name})`,
    serialize(combined, topic) {
      const prefix = combinedKeyPrefix(foreignKey, combined.foreignKey, topic);
      const primary = primaryKey.serialize(combined.primaryKey, topic);
      const bytes = new Uint8Array(prefix.length + primary.length);
      bytes.set(prefix);
      bytes.set(primary, prefix.length);
      return bytes;
    },
    deserialize(bytes, topic) {
      const end = INT32_SIZE + readUint32(bytes, 0);
      return {
        foreignKey: foreignKey.deserialize(bytes.subarray(INT32_SIZE, end), topic),
        primaryKey: primaryKey.deserialize(bytes.subarray(end), topic),
      };
    },
  };
}

/** What the keys of all subscriptions to one foreign key begin with. */
export function combinedKeyPrefix(foreignKey: Serde<unknown>, key: unknown, topic: string): Uint8Array {
  const keyBytes = foreignKey.serialize(key, topic);
  const bytes = new Uint8Array(INT32_SIZE + keyBytes.length);
  writeUint32(bytes, 0, keyBytes.length);
  bytes.set(keyBytes, INT32_SIZE);
  return bytes;
}
