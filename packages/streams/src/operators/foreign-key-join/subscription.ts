import { copyBytes } from '../../lib/bytes.ts';
import { readUint32, writeUint32 } from '../../lib/int64.ts';
import { HASH128_SIZE } from '../../lib/murmur3.ts';
import { malformed } from '../../serdes/errors.ts';
import type { Serde } from '../../serdes/serde.ts';

/** What the right side does with a subscription, and when it answers; each stands at its code. */
const INSTRUCTIONS = ['delete', 'delete-and-answer', 'answer-always', 'answer-if-found'] as const;

export type Instruction = (typeof INSTRUCTIONS)[number];

/** A row of the left table asks for the row that its foreign key names. */
export type Subscription = {
  /** Of the left row as it was sent; null if it was deleted. The answer brings it back, to tell whether it is stale. */
  readonly hash: Uint8Array | null;
  readonly instruction: Instruction;
  readonly primaryKey: unknown;
  /** The partition of the left row, where the answer must go; null if the sender did not say (version 0). */
  readonly primaryPartition: number | null;
};

// Kafka Streams' SubscriptionWrapperSerde: a byte with the version and, as its top bit, whether the hash is missing; the
// instruction; the hash; the primary key; since version 1 the partition.
const VERSION = 1;
const HEAD_SIZE = 2;
const PARTITION_SIZE = 4;
export const NO_HASH_FLAG = 0x80;

export function subscriptionSerde(primaryKeySerde: Serde<unknown>): Serde<Subscription> {
  const name = `subscription(${primaryKeySerde.name})`;
  return {
    name,
    serialize({ hash, instruction, primaryKey, primaryPartition }, topic) {
      const keyBytes = primaryKeySerde.serialize(primaryKey, topic);
      const version = primaryPartition === null ? 0 : VERSION;
      const keyStart = HEAD_SIZE + (hash?.length ?? 0);
      const keyEnd = keyStart + keyBytes.length;
      const bytes = new Uint8Array(keyEnd + (primaryPartition === null ? 0 : PARTITION_SIZE));
      bytes[0] = hash === null ? version | NO_HASH_FLAG : version;
      bytes[1] = INSTRUCTIONS.indexOf(instruction);
      if (hash !== null) bytes.set(hash, HEAD_SIZE);
      bytes.set(keyBytes, keyStart);
      if (primaryPartition !== null) writeUint32(bytes, keyEnd, primaryPartition);
      return bytes;
    },
    deserialize(bytes, topic) {
      const version = bytes[0]! & ~NO_HASH_FLAG;
      if (version > VERSION) throw malformed(name, `it has version ${version}, and ${VERSION} is the latest known`);
      const instruction = INSTRUCTIONS[bytes[1]!];
      if (instruction === undefined) throw malformed(name, `${bytes[1]} is no instruction`);
      const hasHash = (bytes[0]! & NO_HASH_FLAG) === 0;
      const keyStart = HEAD_SIZE + (hasHash ? HASH128_SIZE : 0);
      const keyEnd = bytes.length - (version === 0 ? 0 : PARTITION_SIZE);
      if (keyEnd < keyStart) throw malformed(name, `${bytes.length} bytes are too few`);
      return {
        hash: hasHash ? copyBytes(bytes.subarray(HEAD_SIZE, keyStart)) : null,
        instruction,
        primaryKey: primaryKeySerde.deserialize(bytes.subarray(keyStart, keyEnd), topic),
        primaryPartition: version === 0 ? null : readUint32(bytes, keyEnd),
      };
    },
  };
}
