import {
  type ConsumerGroupCurrentMemberAssignmentValue,
  type ConsumerGroupCurrentMemberAssignmentValueTopicPartitions,
  type ConsumerGroupMemberMetadataValue,
  consumerGroupCurrentMemberAssignmentKeyCodec as currentKey,
  consumerGroupCurrentMemberAssignmentValueCodec as currentValue,
  decodeRecordKey,
  decodeVersioned,
  encodeRecordKey,
  encodeVersioned,
  consumerGroupMetadataKeyCodec as groupKey,
  consumerGroupMetadataValueCodec as groupValue,
  consumerGroupMemberMetadataKeyCodec as memberKey,
  consumerGroupMemberMetadataValueCodec as memberValue,
  consumerGroupRegularExpressionKeyCodec as regexKey,
  consumerGroupRegularExpressionValueCodec as regexValue,
  consumerGroupTargetAssignmentMetadataKeyCodec as targetEpochKey,
  consumerGroupTargetAssignmentMetadataValueCodec as targetEpochValue,
  consumerGroupTargetAssignmentMemberKeyCodec as targetKey,
  consumerGroupTargetAssignmentMemberValueCodec as targetValue,
} from '@millrace/protocol';
import type { CoordinatorRecord } from '../../runtime.ts';
import { record } from '../encode-record.ts';
import type { GroupChange } from './changes.ts';
import type { MemberAssignment, MemberFacts, MemberState } from './member.ts';
import { ascending, fromList, type OwnedPartitions, toList } from './partitions.ts';

/** All values of consumer groups have one version; what came later is tagged. */
const VALUE_VERSION = 0;

/** By the numbers that stand in the records. */
const STATES: readonly MemberState[] = ['stable', 'unrevoked', 'unreleased'];

/** A record as Kafka writes it. */
export function consumerGroupRecord(groupId: string, change: GroupChange): CoordinatorRecord {
  switch (change.kind) {
    case 'epoch':
      return record(encodeRecordKey(groupKey, { groupId }), change.value, (value) =>
        encodeVersioned(groupValue, VALUE_VERSION, value),
      );
    case 'facts':
      return record(encodeRecordKey(memberKey, { groupId, memberId: change.memberId }), change.value, (value) =>
        encodeVersioned(memberValue, VALUE_VERSION, encodeFacts(value)),
      );
    case 'target-epoch':
      return record(encodeRecordKey(targetEpochKey, { groupId }), change.value, ({ epoch, timestampMs }) =>
        encodeVersioned(targetEpochValue, VALUE_VERSION, { assignmentEpoch: epoch, assignmentTimestamp: timestampMs }),
      );
    case 'target':
      return record(encodeRecordKey(targetKey, { groupId, memberId: change.memberId }), change.value, (value) =>
        encodeVersioned(targetValue, VALUE_VERSION, { topicPartitions: toList(value) }),
      );
    case 'assignment':
      return record(encodeRecordKey(currentKey, { groupId, memberId: change.memberId }), change.value, (value) =>
        encodeVersioned(currentValue, VALUE_VERSION, encodeAssignment(value)),
      );
    case 'regex':
      return record(encodeRecordKey(regexKey, { groupId, regularExpression: change.regex }), change.value, (value) => {
        const { topics, version, timestampMs } = value;
        return encodeVersioned(regexValue, VALUE_VERSION, { topics, version, timestamp: timestampMs });
      });
  }
}

/** The change that a record of a type stands for; null for a type that is not of consumer groups. */
export function decodeConsumerGroupRecord(
  recordType: number,
  { key, value }: CoordinatorRecord,
): { readonly groupId: string; readonly change: GroupChange } | null {
  switch (recordType) {
    case groupKey.recordType: {
      const { groupId } = decodeRecordKey(groupKey, key);
      return { groupId, change: { kind: 'epoch', value: value && decodeVersioned(groupValue, value) } };
    }
    case memberKey.recordType: {
      const { groupId, memberId } = decodeRecordKey(memberKey, key);
      const facts = value && decodeFacts(decodeVersioned(memberValue, value));
      return { groupId, change: { kind: 'facts', memberId, value: facts } };
    }
    case targetEpochKey.recordType: {
      const { groupId } = decodeRecordKey(targetEpochKey, key);
      const decoded = value && decodeVersioned(targetEpochValue, value);
      const target = decoded && { epoch: decoded.assignmentEpoch, timestampMs: decoded.assignmentTimestamp };
      return { groupId, change: { kind: 'target-epoch', value: target } };
    }
    case targetKey.recordType: {
      const { groupId, memberId } = decodeRecordKey(targetKey, key);
      const target = value && fromList(decodeVersioned(targetValue, value).topicPartitions);
      return { groupId, change: { kind: 'target', memberId, value: target } };
    }
    case currentKey.recordType: {
      const { groupId, memberId } = decodeRecordKey(currentKey, key);
      const assignment = value && decodeAssignment(decodeVersioned(currentValue, value));
      return { groupId, change: { kind: 'assignment', memberId, value: assignment } };
    }
    case regexKey.recordType: {
      const { groupId, regularExpression: regex } = decodeRecordKey(regexKey, key);
      const decoded = value && decodeVersioned(regexValue, value);
      const { topics, version, timestamp: timestampMs } = decoded ?? { topics: [], version: -1, timestamp: -1 };
      return { groupId, change: { kind: 'regex', regex, value: decoded && { topics, version, timestampMs } } };
    }
    default:
      return null;
  }
}

function encodeFacts(facts: MemberFacts): ConsumerGroupMemberMetadataValue {
  const { subscribedTopics, subscribedRegex, classic, ...same } = facts;
  return {
    ...same,
    subscribedTopicNames: subscribedTopics,
    subscribedTopicRegex: subscribedRegex,
    classicMemberMetadata: classic && {
      sessionTimeoutMs: classic.sessionTimeoutMs,
      supportedProtocols: classic.protocols,
    },
  };
}

function decodeFacts(value: ConsumerGroupMemberMetadataValue): MemberFacts {
  const { subscribedTopicNames, subscribedTopicRegex, classicMemberMetadata, ...same } = value;
  return {
    ...same,
    subscribedTopics: [...subscribedTopicNames].sort(),
    subscribedRegex: subscribedTopicRegex,
    classic: classicMemberMetadata && {
      sessionTimeoutMs: classicMemberMetadata.sessionTimeoutMs,
      // The state outlives the bytes that it was read from.
      protocols: classicMemberMetadata.supportedProtocols.map(({ name, metadata }) => ({
        name,
        metadata: Buffer.from(metadata),
      })),
    },
  };
}

function encodeAssignment(assignment: MemberAssignment): ConsumerGroupCurrentMemberAssignmentValue {
  return {
    memberEpoch: assignment.epoch,
    previousMemberEpoch: assignment.previousEpoch,
    state: STATES.indexOf(assignment.state),
    assignedPartitions: encodeOwned(assignment.owned),
    partitionsPendingRevocation: encodeOwned(assignment.revoking),
  };
}

function decodeAssignment(value: ConsumerGroupCurrentMemberAssignmentValue): MemberAssignment {
  return {
    epoch: value.memberEpoch,
    previousEpoch: value.previousMemberEpoch,
    state: STATES[value.state] ?? 'stable',
    owned: decodeOwned(value.assignedPartitions, value.memberEpoch),
    revoking: decodeOwned(value.partitionsPendingRevocation, value.memberEpoch),
  };
}

function encodeOwned(owned: OwnedPartitions): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] {
  return [...owned].map(([topicId, epochs]) => {
    const partitions = [...epochs.keys()].sort(ascending);
    return { topicId, partitions, assignmentEpochs: partitions.map((partition) => epochs.get(partition)!) };
  });
}

function decodeOwned(
  topics: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[],
  memberEpoch: number,
): OwnedPartitions {
  return new Map(
    topics.map(({ topicId, partitions, assignmentEpochs }) => [
      topicId,
      // Before Kafka 4.3 nothing tells since when: since the epoch of the member, at the latest.
      new Map(partitions.map((partition, index) => [partition, assignmentEpochs?.[index] ?? memberEpoch])),
    ]),
  );
}
