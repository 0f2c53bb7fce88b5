/**
 * What members of a consumer group tell each other through JoinGroup and SyncGroup, each after an int16 of its version.
 *
 * - v1: owned partitions, for cooperative rebalancing (KIP-429)
 * - v2: the generation in which they were owned (KIP-792)
 * - v3: racks (KIP-881)
 */
import { bytes, int32, list, type MessageDeclaration, message, string } from '../schema.ts';

export const consumerProtocolSubscription: MessageDeclaration = message({
  name: 'ConsumerProtocolSubscription',
  versions: '0-3',
  fields: {
    topics: list('0+', 'string'),
    userData: bytes('0+', { nullable: '0+', default: null }),
    ownedPartitions: list('1+', { ignorable: true }, 'TopicPartition', {
      topic: string('1+'),
      partitions: list('1+', 'int32'),
    }),
    generationId: int32('2+', { default: -1, ignorable: true }),
    rackId: string('3+', { nullable: '3+', default: null, ignorable: true }),
  },
});

export const consumerProtocolAssignment: MessageDeclaration = message({
  name: 'ConsumerProtocolAssignment',
  versions: '0-3',
  fields: {
    assignedPartitions: list('0+', 'TopicPartition', {
      topic: string('0+'),
      partitions: list('0+', 'int32'),
    }),
    userData: bytes('0+', { nullable: '0+', default: null }),
  },
});
