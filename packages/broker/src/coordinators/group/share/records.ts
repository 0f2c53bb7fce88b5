import {
  shareGroupStatePartitionMetadataKeyCodec as claimsKey,
  shareGroupStatePartitionMetadataValueCodec as claimsValue,
  shareGroupCurrentMemberAssignmentKeyCodec as currentKey,
  shareGroupCurrentMemberAssignmentValueCodec as currentValue,
  decodeRecordKey,
  decodeVersioned,
  encodeRecordKey,
  encodeVersioned,
  shareGroupMetadataKeyCodec as groupKey,
  shareGroupMetadataValueCodec as groupValue,
  shareGroupMemberMetadataKeyCodec as memberKey,
  shareGroupMemberMetadataValueCodec as memberValue,
  shareGroupTargetAssignmentMetadataKeyCodec as targetEpochKey,
  shareGroupTargetAssignmentMetadataValueCodec as targetEpochValue,
  shareGroupTargetAssignmentMemberKeyCodec as targetKey,
  shareGroupTargetAssignmentMemberValueCodec as targetValue,
} from '@millrace/protocol';
import type { CoordinatorRecord } from '../../runtime.ts';
import { fromList, toList } from '../consumer/partitions.ts';
import { record } from '../encode-record.ts';
import type { Claims, ShareGroupChange } from './changes.ts';
import type { ShareGroupView } from './group-state.ts';

/** All values of share groups have one version; what came later is tagged. */
const VALUE_VERSION = 0;

/** The one state that a member of a share group can be in, by its number in the records. */
const STABLE = 0;

/** A record as Kafka writes it. */
export function shareGroupRecord(groupId: string, change: ShareGroupChange): CoordinatorRecord {
  switch (change.kind) {
    case 'epoch':
      return record(encodeRecordKey(groupKey, { groupId }), change.value, (value) =>
        encodeVersioned(groupValue, VALUE_VERSION, value),
      );
    case 'facts':
      return record(encodeRecordKey(memberKey, { groupId, memberId: change.memberId }), change.value, (value) => {
        const { subscribedTopics, ...same } = value;
        return encodeVersioned(memberValue, VALUE_VERSION, { ...same, subscribedTopicNames: subscribedTopics });
      });
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
        encodeVersioned(currentValue, VALUE_VERSION, {
          memberEpoch: value.epoch,
          previousMemberEpoch: value.previousEpoch,
          state: STABLE,
          assignedPartitions: toList(value.partitions),
        }),
      );
    case 'claims':
      return record(encodeRecordKey(claimsKey, { groupId }), change.value, (value) =>
        encodeVersioned(claimsValue, VALUE_VERSION, {
          initializingTopics: [],
          initializedTopics: [...value].map(([topicId, topic]) => ({ topicId, ...topic })),
          deletingTopics: [],
        }),
      );
  }
}

/** The change that a record of a type stands for; null for a type that is not of share groups. */
export function decodeShareGroupRecord(
  recordType: number,
  { key, value }: CoordinatorRecord,
): { readonly groupId: string; readonly change: ShareGroupChange } | null {
  switch (recordType) {
    case groupKey.recordType: {
      const { groupId } = decodeRecordKey(groupKey, key);
      return { groupId, change: { kind: 'epoch', value: value && decodeVersioned(groupValue, value) } };
    }
    case memberKey.recordType: {
      const { groupId, memberId } = decodeRecordKey(memberKey, key);
      const decoded = value && decodeVersioned(memberValue, value);
      const { subscribedTopicNames = [], rackId = null, clientId = '', clientHost = '' } = decoded ?? {};
      const facts = decoded && { rackId, clientId, clientHost, subscribedTopics: [...subscribedTopicNames].sort() };
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
      const decoded = value && decodeVersioned(currentValue, value);
      const assignment = decoded && {
        epoch: decoded.memberEpoch,
        previousEpoch: decoded.previousMemberEpoch,
        partitions: fromList(decoded.assignedPartitions),
      };
      return { groupId, change: { kind: 'assignment', memberId, value: assignment } };
    }
    case claimsKey.recordType: {
      const { groupId } = decodeRecordKey(claimsKey, key);
      const decoded = value && decodeVersioned(claimsValue, value);
      // Kafka's steps between two brokers are one here: what is being initialized has no state yet, and gets one when read.
      const topics = [...(decoded?.initializedTopics ?? []), ...(decoded?.initializingTopics ?? [])];
      return { groupId, change: { kind: 'claims', value: decoded && toClaims(topics) } };
    }
    default:
      return null;
  }
}

/** What ends a group that nobody is in. */
export function shareGroupRemoval(groupId: string, view: ShareGroupView): CoordinatorRecord[] {
  const changes: ShareGroupChange[] = [{ kind: 'target-epoch', value: null }];
  if (view.claims.size > 0) changes.push({ kind: 'claims', value: null });
  changes.push({ kind: 'epoch', value: null });
  return changes.map((change) => shareGroupRecord(groupId, change));
}

function toClaims(
  topics: readonly { readonly topicId: string; readonly topicName: string; readonly partitions: readonly number[] }[],
): Claims {
  const claims = new Map<string, { readonly topicName: string; readonly partitions: readonly number[] }>();
  for (const { topicId, topicName, partitions } of topics) {
    const all = new Set([...(claims.get(topicId)?.partitions ?? []), ...partitions]);
    claims.set(topicId, { topicName, partitions: [...all].sort((left, right) => left - right) });
  }
  return claims;
}
