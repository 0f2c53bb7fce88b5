import { copyBytes } from '../../lib/bytes.ts';
import { HASH128_SIZE } from '../../lib/murmur3.ts';
import { malformed } from '../../serdes/errors.ts';
import type { Serde } from '../../serdes/serde.ts';
import type { ErasedPartitioner } from '../../topology/node-specs.ts';
import { NO_HASH_FLAG, type Subscription } from './subscription.ts';

/** What the right side sends to a subscriber. */
export type SubscriptionAnswer = {
  /** The subscription's. */
  readonly hash: Uint8Array | null;
  /** The right row's value; null if there is none. */
  readonly foreignValue: unknown;
  /** Where it must go; not written. */
  readonly primaryPartition: number | null;
};

export function answerTo(subscription: Subscription, foreignValue: unknown): SubscriptionAnswer {
  return { hash: subscription.hash, foreignValue, primaryPartition: subscription.primaryPartition };
}

/** Back to the partition that the subscription came from, which need not be the one that the key's hash gives. */
export const answerPartitioner: ErasedPartitioner = (_topic, _key, value) =>
  (value as SubscriptionAnswer).primaryPartition ?? undefined;

const HEAD_SIZE = 1;

/**
 * Kafka Streams' SubscriptionResponseWrapperSerde: a byte with the version and, as its top bit, whether the hash is
 * missing; the hash; the value. A value of no bytes cannot be told from none, and is read as none.
 */
export function answerSerde(foreignValueSerde: Serde<unknown>): Serde<SubscriptionAnswer> {
  const name = `subscription-answer(${foreignValueSerde.name})`;
  return {
    name,
    serialize({ hash, foreignValue }, topic) {
      const valueBytes = foreignValue === null ? null : foreignValueSerde.serialize(foreignValue, topic);
      const valueStart = HEAD_SIZE + (hash?.length ?? 0);
      const bytes = new Uint8Array(valueStart + (valueBytes?.length ?? 0));
      if (hash === null) bytes[0] = NO_HASH_FLAG;
      else bytes.set(hash, HEAD_SIZE);
      if (valueBytes !== null) bytes.set(valueBytes, valueStart);
      return bytes;
    },
    deserialize(bytes, topic) {
      const version = bytes[0]! & ~NO_HASH_FLAG;
      if (version !== 0) throw malformed(name, `it has version ${version}, and only 0 is known`);
      const hasHash = (bytes[0]! & NO_HASH_FLAG) === 0;
      const valueStart = HEAD_SIZE + (hasHash ? HASH128_SIZE : 0);
      if (bytes.length < valueStart) throw malformed(name, `${bytes.length} bytes are too few`);
      const valueBytes = bytes.subarray(valueStart);
      return {
        hash: hasHash ? copyBytes(bytes.subarray(HEAD_SIZE, valueStart)) : null,
        foreignValue: valueBytes.length === 0 ? null : foreignValueSerde.deserialize(valueBytes, topic),
        primaryPartition: null,
      };
    },
  };
}
