import {
  streamsGroupCurrentMemberAssignmentKeyCodec as currentKey,
  streamsGroupCurrentMemberAssignmentValueCodec as currentValue,
  decodeRecordKey,
  decodeVersioned,
  encodeRecordKey,
  encodeVersioned,
  streamsGroupMetadataKeyCodec as groupKey,
  streamsGroupMetadataValueCodec as groupValue,
  streamsGroupMemberMetadataKeyCodec as memberKey,
  streamsGroupMemberMetadataValueCodec as memberValue,
  type StreamsGroupCurrentMemberAssignmentValue,
  type StreamsGroupCurrentMemberAssignmentValueTaskIds,
  type StreamsGroupMetadataValue,
  streamsGroupTargetAssignmentMetadataKeyCodec as targetEpochKey,
  streamsGroupTargetAssignmentMetadataValueCodec as targetEpochValue,
  streamsGroupTargetAssignmentMemberKeyCodec as targetKey,
  streamsGroupTargetAssignmentMemberValueCodec as targetValue,
  streamsGroupTopologyKeyCodec as topologyKey,
  streamsGroupTopologyValueCodec as topologyValue,
} from '@millrace/protocol';
import type { CoordinatorRecord } from '../../runtime.ts';
import { ascending, type OwnedPartitions } from '../consumer/partitions.ts';
import { record } from '../encode-record.ts';
import { type StreamsEpoch, type StreamsGroupChange, streamsMemberRemoved } from './changes.ts';
import type { StreamsGroupView } from './group-state.ts';
import type { StreamsMemberAssignment, StreamsMemberState } from './member.ts';
import { fromTaskIds, type TaskSet, toTaskIds } from './tasks.ts';

/** All values of streams groups have one version; what came later is tagged. */
const VALUE_VERSION = 0;

/** By the numbers that stand in the records, of which Kafka's begin with one. */
const STATES: readonly StreamsMemberState[] = ['stable', 'unrevoked', 'unreleased'];
const FIRST_STATE = 1;

/** A record as Kafka writes it. */
export function streamsGroupRecord(groupId: string, change: StreamsGroupChange): CoordinatorRecord {
  switch (change.kind) {
    case 'epoch':
      return record(encodeRecordKey(groupKey, { groupId }), change.value, ({ assignmentConfigs, ...same }) =>
        encodeVersioned(groupValue, VALUE_VERSION, { ...same, lastAssignmentConfigs: assignmentConfigs }),
      );
    case 'topology':
      return record(encodeRecordKey(topologyKey, { groupId }), change.value, (value) =>
        encodeVersioned(topologyValue, VALUE_VERSION, value),
      );
    case 'facts':
      return record(encodeRecordKey(memberKey, { groupId, memberId: change.memberId }), change.value, (value) =>
        encodeVersioned(memberValue, VALUE_VERSION, value),
      );
    case 'target-epoch':
      return record(encodeRecordKey(targetEpochKey, { groupId }), change.value, ({ epoch, timestampMs }) =>
        encodeVersioned(targetEpochValue, VALUE_VERSION, { assignmentEpoch: epoch, assignmentTimestamp: timestampMs }),
      );
    case 'target':
      return record(encodeRecordKey(targetKey, { groupId, memberId: change.memberId }), change.value, (value) =>
        encodeVersioned(targetValue, VALUE_VERSION, {
          activeTasks: toTaskIds(value.active),
          standbyTasks: toTaskIds(value.standby),
          warmupTasks: toTaskIds(value.warmup),
        }),
      );
    case 'assignment':
      return record(encodeRecordKey(currentKey, { groupId, memberId: change.memberId }), change.value, (value) =>
        encodeVersioned(currentValue, VALUE_VERSION, encodeAssignment(value)),
      );
  }
}

/** The change that a record of a type stands for; null for a type that is not of streams groups. */
export function decodeStreamsGroupRecord(
  recordType: number,
  { key, value }: CoordinatorRecord,
): { readonly groupId: string; readonly change: StreamsGroupChange } | null {
  switch (recordType) {
    case groupKey.recordType: {
      const { groupId } = decodeRecordKey(groupKey, key);
      return { groupId, change: { kind: 'epoch', value: value && decodeEpoch(decodeVersioned(groupValue, value)) } };
    }
    case topologyKey.recordType: {
      const { groupId } = decodeRecordKey(topologyKey, key);
      return { groupId, change: { kind: 'topology', value: value && decodeVersioned(topologyValue, value) } };
    }
    case memberKey.recordType: {
      const { groupId, memberId } = decodeRecordKey(memberKey, key);
      return { groupId, change: { kind: 'facts', memberId, value: value && decodeVersioned(memberValue, value) } };
    }
    case targetEpochKey.recordType: {
      const { groupId } = decodeRecordKey(targetEpochKey, key);
      const decoded = value && decodeVersioned(targetEpochValue, value);
      const target = decoded && { epoch: decoded.assignmentEpoch, timestampMs: decoded.assignmentTimestamp };
      return { groupId, change: { kind: 'target-epoch', value: target } };
    }
    case targetKey.recordType: {
      const { groupId, memberId } = decodeRecordKey(targetKey, key);
      const decoded = value && decodeVersioned(targetValue, value);
      const target = decoded && {
        active: fromTaskIds(decoded.activeTasks),
        standby: fromTaskIds(decoded.standbyTasks),
        warmup: fromTaskIds(decoded.warmupTasks),
      };
      return { groupId, change: { kind: 'target', memberId, value: target } };
    }
    case currentKey.recordType: {
      const { groupId, memberId } = decodeRecordKey(currentKey, key);
      const assignment = value && decodeAssignment(decodeVersioned(currentValue, value));
      return { groupId, change: { kind: 'assignment', memberId, value: assignment } };
    }
    default:
      return null;
  }
}

/** What ends a group that nobody is in. */
export function streamsGroupRemoval(groupId: string, view: StreamsGroupView): CoordinatorRecord[] {
  const changes: StreamsGroupChange[] = [
    ...[...view.members.keys()].flatMap(streamsMemberRemoved),
    { kind: 'target-epoch', value: null },
    { kind: 'topology', value: null },
    { kind: 'epoch', value: null },
  ];
  return changes.map((change) => streamsGroupRecord(groupId, change));
}

function decodeEpoch({ lastAssignmentConfigs, ...same }: StreamsGroupMetadataValue): StreamsEpoch {
  return { ...same, assignmentConfigs: lastAssignmentConfigs ?? [] };
}

function encodeAssignment(assignment: StreamsMemberAssignment): StreamsGroupCurrentMemberAssignmentValue {
  const { held, revoking } = assignment;
  return {
    memberEpoch: assignment.epoch,
    previousMemberEpoch: assignment.previousEpoch,
    state: STATES.indexOf(assignment.state) + FIRST_STATE,
    activeTasks: encodeActive(held.active),
    standbyTasks: encodePassive(held.standby),
    warmupTasks: encodePassive(held.warmup),
    activeTasksPendingRevocation: encodeActive(revoking.active),
    standbyTasksPendingRevocation: encodePassive(revoking.standby),
    warmupTasksPendingRevocation: encodePassive(revoking.warmup),
  };
}

function decodeAssignment(value: StreamsGroupCurrentMemberAssignmentValue): StreamsMemberAssignment {
  return {
    epoch: value.memberEpoch,
    previousEpoch: value.previousMemberEpoch,
    state: STATES[value.state - FIRST_STATE] ?? 'stable',
    held: {
      active: decodeActive(value.activeTasks, value.memberEpoch),
      standby: fromTaskIds(value.standbyTasks),
      warmup: fromTaskIds(value.warmupTasks),
    },
    revoking: {
      active: decodeActive(value.activeTasksPendingRevocation, value.memberEpoch),
      standby: fromTaskIds(value.standbyTasksPendingRevocation),
      warmup: fromTaskIds(value.warmupTasksPendingRevocation),
    },
  };
}

/** Of tasks that are not active nobody asks since when. */
function encodePassive(tasks: TaskSet): StreamsGroupCurrentMemberAssignmentValueTaskIds[] {
  return toTaskIds(tasks).map((ids) => ({ ...ids, assignmentEpochs: null }));
}

function encodeActive(tasks: OwnedPartitions): StreamsGroupCurrentMemberAssignmentValueTaskIds[] {
  return [...tasks].map(([subtopologyId, epochs]) => {
    const partitions = [...epochs.keys()].sort(ascending);
    return { subtopologyId, partitions, assignmentEpochs: partitions.map((partition) => epochs.get(partition)!) };
  });
}

function decodeActive(
  list: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[],
  memberEpoch: number,
): OwnedPartitions {
  return new Map(
    list.map(({ subtopologyId, partitions, assignmentEpochs }) => [
      subtopologyId,
      // Before Kafka 4.2 nothing tells since when: since the epoch of the member, at the latest.
      new Map(partitions.map((partition, index) => [partition, assignmentEpochs?.[index] ?? memberEpoch])),
    ]),
  );
}
