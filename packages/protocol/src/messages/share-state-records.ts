/**
 * What share groups (KIP-932) did with the records of a partition, as records of `__share_group_state`: a snapshot says
 * all, an update what changed since. A state batch is a range of offsets with one delivery state (0 available,
 * 2 acknowledged, 4 archived) and one delivery count. The key begins with an int16, the type of the record; the value with
 * an int16, its version.
 *
 * All values are at version 0 and flexible; the count of offsets that are done with (KIP-1226) came later and is tagged.
 */
import {
  int8,
  int16,
  int32,
  int64,
  list,
  type MessageDeclaration,
  message,
  type StructType,
  string,
  struct,
  uuid,
} from '../schema.ts';

const SNAPSHOT = 0;
const UPDATE = 1;

function partitionKey(name: string, recordType: number): MessageDeclaration {
  return message({
    name,
    versions: '0',
    recordType,
    fields: { groupId: string('0'), topicId: uuid('0'), partition: int32('0') },
  });
}

const stateBatch: StructType = struct('StateBatch', {
  firstOffset: int64('0+'),
  lastOffset: int64('0+'),
  deliveryState: int8('0+'),
  deliveryCount: int16('0+'),
});

export const shareSnapshotKey: MessageDeclaration = partitionKey('ShareSnapshotKey', SNAPSHOT);

export const shareSnapshotValue: MessageDeclaration = message({
  name: 'ShareSnapshotValue',
  versions: '0',
  flexible: '0+',
  recordType: SNAPSHOT,
  fields: {
    snapshotEpoch: int32('0+'),
    stateEpoch: int32('0+'),
    leaderEpoch: int32('0+'),
    startOffset: int64('0+'),
    deliveryCompleteCount: int32('0+', { tag: 0, default: -1 }),
    createTimestamp: int64('0+'),
    writeTimestamp: int64('0+'),
    stateBatches: list('0+', stateBatch),
  },
});

export const shareUpdateKey: MessageDeclaration = partitionKey('ShareUpdateKey', UPDATE);

export const shareUpdateValue: MessageDeclaration = message({
  name: 'ShareUpdateValue',
  versions: '0',
  flexible: '0+',
  recordType: UPDATE,
  fields: {
    snapshotEpoch: int32('0+'),
    leaderEpoch: int32('0+'),
    startOffset: int64('0+'),
    deliveryCompleteCount: int32('0+', { tag: 0, default: -1 }),
    stateBatches: list('0+', stateBatch),
  },
});
