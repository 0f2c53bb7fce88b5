import {
  ConsumerProtocolAssignmentDefaults,
  ConsumerProtocolSubscriptionDefaults,
  consumerProtocolAssignmentCodec,
  consumerProtocolSubscriptionCodec,
  type MessageCodec,
  Reader,
  Writer,
} from '@millrace/protocol';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';
import type { MemberAssignment, MemberSubscription } from './assignor.ts';

// What consumers tell each other through the coordinator, which does not look inside: a version, then a message.
// Readers take any newer version for the newest they know, as the protocol asks.

const VERSION_BYTES = 2;

type Subscription = Omit<MemberSubscription, 'memberId' | 'groupInstanceId'>;

export function encodeSubscription(subscription: Subscription): Uint8Array {
  const { topics, userData, generation, rack } = subscription;
  return encode(consumerProtocolSubscriptionCodec, {
    ...ConsumerProtocolSubscriptionDefaults,
    topics: [...topics].sort(),
    userData,
    ownedPartitions: byTopic(subscription.ownedPartitions),
    generationId: generation,
    rackId: rack,
  });
}

export function decodeSubscription(bytes: Uint8Array): Subscription {
  const { topics, userData, ownedPartitions, generationId, rackId } = decode(consumerProtocolSubscriptionCodec, bytes);
  return { topics, userData, ownedPartitions: flat(ownedPartitions), generation: generationId, rack: rackId };
}

export function encodeAssignment(assignment: MemberAssignment): Uint8Array {
  return encode(consumerProtocolAssignmentCodec, {
    ...ConsumerProtocolAssignmentDefaults,
    assignedPartitions: byTopic(assignment.partitions),
    userData: assignment.userData,
  });
}

/** No bytes at all stand for no partitions: a leader that left a member out sends none. */
export function decodeAssignment(bytes: Uint8Array): MemberAssignment {
  if (bytes.length === 0) return { partitions: [], userData: null };
  const { assignedPartitions, userData } = decode(consumerProtocolAssignmentCodec, bytes);
  return { partitions: flat(assignedPartitions), userData };
}

function encode<M>(codec: MessageCodec<M>, message: M): Uint8Array {
  const writer = new Writer();
  writer.int16(codec.maxVersion);
  codec.encode(writer, codec.maxVersion, message);
  return writer.toBytes();
}

function decode<M>(codec: MessageCodec<M>, bytes: Uint8Array): M {
  const version = new Reader(bytes).int16();
  return codec.decode(new Reader(bytes, VERSION_BYTES), Math.min(version, codec.maxVersion));
}

type TopicPartitions = { readonly topic: string; readonly partitions: readonly number[] };

function byTopic(partitions: readonly TopicPartition[]): readonly TopicPartitions[] {
  return groupByTopic(partitions, ({ partition }) => partition).map(({ topic, items }) => ({
    topic,
    partitions: items,
  }));
}

function flat(topics: readonly TopicPartitions[]): readonly TopicPartition[] {
  return topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}
