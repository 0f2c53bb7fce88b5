/**
 * Committed offsets as records of `__consumer_offsets`. The key begins with an int16, the type of the record; the value
 * with an int16, its version.
 *
 * - v1: an expiry time, dropped again in v2
 * - v3: leader epoch (KIP-320)
 * - v4: flexible, topic id (KIP-848)
 *
 * Left out: the key of type 0, which no Kafka since 0.9 writes.
 */
import { int32, int64, type MessageDeclaration, message, string, uuid } from '../schema.ts';

export const offsetCommitKey: MessageDeclaration = message({
  name: 'OffsetCommitKey',
  versions: '0',
  recordType: 1,
  fields: {
    group: string('0'),
    topic: string('0'),
    partition: int32('0'),
  },
});

export const offsetCommitValue: MessageDeclaration = message({
  name: 'OffsetCommitValue',
  versions: '0-4',
  flexible: '4+',
  recordType: 1,
  fields: {
    offset: int64('0+'),
    leaderEpoch: int32('3+', { default: -1, ignorable: true }),
    metadata: string('0+'),
    commitTimestamp: int64('0+'),
    expireTimestamp: int64('1', { default: -1, ignorable: true }),
    topicId: uuid('4+', { tag: 0, ignorable: true }),
  },
});
