// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { ApiCodec } from '../api.ts';
import {
  decodeProduceRequest,
  encodeProduceRequest,
  type ProduceRequest,
  decodeProduceResponse,
  encodeProduceResponse,
  type ProduceResponse,
} from './produce.ts';
import {
  decodeFetchRequest,
  encodeFetchRequest,
  type FetchRequest,
  decodeFetchResponse,
  encodeFetchResponse,
  type FetchResponse,
} from './fetch.ts';
import {
  decodeListOffsetsRequest,
  encodeListOffsetsRequest,
  type ListOffsetsRequest,
  decodeListOffsetsResponse,
  encodeListOffsetsResponse,
  type ListOffsetsResponse,
} from './list-offsets.ts';
import {
  decodeMetadataRequest,
  encodeMetadataRequest,
  type MetadataRequest,
  decodeMetadataResponse,
  encodeMetadataResponse,
  type MetadataResponse,
} from './metadata.ts';
import {
  decodeOffsetCommitRequest,
  encodeOffsetCommitRequest,
  type OffsetCommitRequest,
  decodeOffsetCommitResponse,
  encodeOffsetCommitResponse,
  type OffsetCommitResponse,
} from './offset-commit.ts';
import {
  decodeOffsetFetchRequest,
  encodeOffsetFetchRequest,
  type OffsetFetchRequest,
  decodeOffsetFetchResponse,
  encodeOffsetFetchResponse,
  type OffsetFetchResponse,
} from './offset-fetch.ts';
import {
  decodeFindCoordinatorRequest,
  encodeFindCoordinatorRequest,
  type FindCoordinatorRequest,
  decodeFindCoordinatorResponse,
  encodeFindCoordinatorResponse,
  type FindCoordinatorResponse,
} from './find-coordinator.ts';
import {
  decodeJoinGroupRequest,
  encodeJoinGroupRequest,
  type JoinGroupRequest,
  decodeJoinGroupResponse,
  encodeJoinGroupResponse,
  type JoinGroupResponse,
} from './join-group.ts';
import {
  decodeHeartbeatRequest,
  encodeHeartbeatRequest,
  type HeartbeatRequest,
  decodeHeartbeatResponse,
  encodeHeartbeatResponse,
  type HeartbeatResponse,
} from './heartbeat.ts';
import {
  decodeLeaveGroupRequest,
  encodeLeaveGroupRequest,
  type LeaveGroupRequest,
  decodeLeaveGroupResponse,
  encodeLeaveGroupResponse,
  type LeaveGroupResponse,
} from './leave-group.ts';
import {
  decodeSyncGroupRequest,
  encodeSyncGroupRequest,
  type SyncGroupRequest,
  decodeSyncGroupResponse,
  encodeSyncGroupResponse,
  type SyncGroupResponse,
} from './sync-group.ts';
import {
  decodeDescribeGroupsRequest,
  encodeDescribeGroupsRequest,
  type DescribeGroupsRequest,
  decodeDescribeGroupsResponse,
  encodeDescribeGroupsResponse,
  type DescribeGroupsResponse,
} from './describe-groups.ts';
import {
  decodeListGroupsRequest,
  encodeListGroupsRequest,
  type ListGroupsRequest,
  decodeListGroupsResponse,
  encodeListGroupsResponse,
  type ListGroupsResponse,
} from './list-groups.ts';
import {
  decodeSaslHandshakeRequest,
  encodeSaslHandshakeRequest,
  type SaslHandshakeRequest,
  decodeSaslHandshakeResponse,
  encodeSaslHandshakeResponse,
  type SaslHandshakeResponse,
} from './sasl-handshake.ts';
import {
  decodeApiVersionsRequest,
  encodeApiVersionsRequest,
  type ApiVersionsRequest,
  decodeApiVersionsResponse,
  encodeApiVersionsResponse,
  type ApiVersionsResponse,
} from './api-versions.ts';
import {
  decodeCreateTopicsRequest,
  encodeCreateTopicsRequest,
  type CreateTopicsRequest,
  decodeCreateTopicsResponse,
  encodeCreateTopicsResponse,
  type CreateTopicsResponse,
} from './create-topics.ts';
import {
  decodeDeleteTopicsRequest,
  encodeDeleteTopicsRequest,
  type DeleteTopicsRequest,
  decodeDeleteTopicsResponse,
  encodeDeleteTopicsResponse,
  type DeleteTopicsResponse,
} from './delete-topics.ts';
import {
  decodeDeleteRecordsRequest,
  encodeDeleteRecordsRequest,
  type DeleteRecordsRequest,
  decodeDeleteRecordsResponse,
  encodeDeleteRecordsResponse,
  type DeleteRecordsResponse,
} from './delete-records.ts';
import {
  decodeInitProducerIdRequest,
  encodeInitProducerIdRequest,
  type InitProducerIdRequest,
  decodeInitProducerIdResponse,
  encodeInitProducerIdResponse,
  type InitProducerIdResponse,
} from './init-producer-id.ts';
import {
  decodeOffsetForLeaderEpochRequest,
  encodeOffsetForLeaderEpochRequest,
  type OffsetForLeaderEpochRequest,
  decodeOffsetForLeaderEpochResponse,
  encodeOffsetForLeaderEpochResponse,
  type OffsetForLeaderEpochResponse,
} from './offset-for-leader-epoch.ts';
import {
  decodeAddPartitionsToTxnRequest,
  encodeAddPartitionsToTxnRequest,
  type AddPartitionsToTxnRequest,
  decodeAddPartitionsToTxnResponse,
  encodeAddPartitionsToTxnResponse,
  type AddPartitionsToTxnResponse,
} from './add-partitions-to-txn.ts';
import {
  decodeAddOffsetsToTxnRequest,
  encodeAddOffsetsToTxnRequest,
  type AddOffsetsToTxnRequest,
  decodeAddOffsetsToTxnResponse,
  encodeAddOffsetsToTxnResponse,
  type AddOffsetsToTxnResponse,
} from './add-offsets-to-txn.ts';
import {
  decodeEndTxnRequest,
  encodeEndTxnRequest,
  type EndTxnRequest,
  decodeEndTxnResponse,
  encodeEndTxnResponse,
  type EndTxnResponse,
} from './end-txn.ts';
import {
  decodeTxnOffsetCommitRequest,
  encodeTxnOffsetCommitRequest,
  type TxnOffsetCommitRequest,
  decodeTxnOffsetCommitResponse,
  encodeTxnOffsetCommitResponse,
  type TxnOffsetCommitResponse,
} from './txn-offset-commit.ts';
import {
  decodeDescribeConfigsRequest,
  encodeDescribeConfigsRequest,
  type DescribeConfigsRequest,
  decodeDescribeConfigsResponse,
  encodeDescribeConfigsResponse,
  type DescribeConfigsResponse,
} from './describe-configs.ts';
import {
  decodeAlterConfigsRequest,
  encodeAlterConfigsRequest,
  type AlterConfigsRequest,
  decodeAlterConfigsResponse,
  encodeAlterConfigsResponse,
  type AlterConfigsResponse,
} from './alter-configs.ts';
import {
  decodeSaslAuthenticateRequest,
  encodeSaslAuthenticateRequest,
  type SaslAuthenticateRequest,
  decodeSaslAuthenticateResponse,
  encodeSaslAuthenticateResponse,
  type SaslAuthenticateResponse,
} from './sasl-authenticate.ts';
import {
  decodeCreatePartitionsRequest,
  encodeCreatePartitionsRequest,
  type CreatePartitionsRequest,
  decodeCreatePartitionsResponse,
  encodeCreatePartitionsResponse,
  type CreatePartitionsResponse,
} from './create-partitions.ts';
import {
  decodeDeleteGroupsRequest,
  encodeDeleteGroupsRequest,
  type DeleteGroupsRequest,
  decodeDeleteGroupsResponse,
  encodeDeleteGroupsResponse,
  type DeleteGroupsResponse,
} from './delete-groups.ts';
import {
  decodeIncrementalAlterConfigsRequest,
  encodeIncrementalAlterConfigsRequest,
  type IncrementalAlterConfigsRequest,
  decodeIncrementalAlterConfigsResponse,
  encodeIncrementalAlterConfigsResponse,
  type IncrementalAlterConfigsResponse,
} from './incremental-alter-configs.ts';
import {
  decodeOffsetDeleteRequest,
  encodeOffsetDeleteRequest,
  type OffsetDeleteRequest,
  decodeOffsetDeleteResponse,
  encodeOffsetDeleteResponse,
  type OffsetDeleteResponse,
} from './offset-delete.ts';
import {
  decodeDescribeClusterRequest,
  encodeDescribeClusterRequest,
  type DescribeClusterRequest,
  decodeDescribeClusterResponse,
  encodeDescribeClusterResponse,
  type DescribeClusterResponse,
} from './describe-cluster.ts';
import {
  decodeDescribeTopicPartitionsRequest,
  encodeDescribeTopicPartitionsRequest,
  type DescribeTopicPartitionsRequest,
  decodeDescribeTopicPartitionsResponse,
  encodeDescribeTopicPartitionsResponse,
  type DescribeTopicPartitionsResponse,
} from './describe-topic-partitions.ts';

/** The APIs that the codec knows, by the names of Kafka without `Request` and `Response`. */
export type ApiName =
  | 'Produce'
  | 'Fetch'
  | 'ListOffsets'
  | 'Metadata'
  | 'OffsetCommit'
  | 'OffsetFetch'
  | 'FindCoordinator'
  | 'JoinGroup'
  | 'Heartbeat'
  | 'LeaveGroup'
  | 'SyncGroup'
  | 'DescribeGroups'
  | 'ListGroups'
  | 'SaslHandshake'
  | 'ApiVersions'
  | 'CreateTopics'
  | 'DeleteTopics'
  | 'DeleteRecords'
  | 'InitProducerId'
  | 'OffsetForLeaderEpoch'
  | 'AddPartitionsToTxn'
  | 'AddOffsetsToTxn'
  | 'EndTxn'
  | 'TxnOffsetCommit'
  | 'DescribeConfigs'
  | 'AlterConfigs'
  | 'SaslAuthenticate'
  | 'CreatePartitions'
  | 'DeleteGroups'
  | 'IncrementalAlterConfigs'
  | 'OffsetDelete'
  | 'DescribeCluster'
  | 'DescribeTopicPartitions';

/** Request and response of each API. */
export interface ApiTypes {
  readonly Produce: { readonly request: ProduceRequest; readonly response: ProduceResponse };
  readonly Fetch: { readonly request: FetchRequest; readonly response: FetchResponse };
  readonly ListOffsets: { readonly request: ListOffsetsRequest; readonly response: ListOffsetsResponse };
  readonly Metadata: { readonly request: MetadataRequest; readonly response: MetadataResponse };
  readonly OffsetCommit: { readonly request: OffsetCommitRequest; readonly response: OffsetCommitResponse };
  readonly OffsetFetch: { readonly request: OffsetFetchRequest; readonly response: OffsetFetchResponse };
  readonly FindCoordinator: { readonly request: FindCoordinatorRequest; readonly response: FindCoordinatorResponse };
  readonly JoinGroup: { readonly request: JoinGroupRequest; readonly response: JoinGroupResponse };
  readonly Heartbeat: { readonly request: HeartbeatRequest; readonly response: HeartbeatResponse };
  readonly LeaveGroup: { readonly request: LeaveGroupRequest; readonly response: LeaveGroupResponse };
  readonly SyncGroup: { readonly request: SyncGroupRequest; readonly response: SyncGroupResponse };
  readonly DescribeGroups: { readonly request: DescribeGroupsRequest; readonly response: DescribeGroupsResponse };
  readonly ListGroups: { readonly request: ListGroupsRequest; readonly response: ListGroupsResponse };
  readonly SaslHandshake: { readonly request: SaslHandshakeRequest; readonly response: SaslHandshakeResponse };
  readonly ApiVersions: { readonly request: ApiVersionsRequest; readonly response: ApiVersionsResponse };
  readonly CreateTopics: { readonly request: CreateTopicsRequest; readonly response: CreateTopicsResponse };
  readonly DeleteTopics: { readonly request: DeleteTopicsRequest; readonly response: DeleteTopicsResponse };
  readonly DeleteRecords: { readonly request: DeleteRecordsRequest; readonly response: DeleteRecordsResponse };
  readonly InitProducerId: { readonly request: InitProducerIdRequest; readonly response: InitProducerIdResponse };
  readonly OffsetForLeaderEpoch: { readonly request: OffsetForLeaderEpochRequest; readonly response: OffsetForLeaderEpochResponse };
  readonly AddPartitionsToTxn: { readonly request: AddPartitionsToTxnRequest; readonly response: AddPartitionsToTxnResponse };
  readonly AddOffsetsToTxn: { readonly request: AddOffsetsToTxnRequest; readonly response: AddOffsetsToTxnResponse };
  readonly EndTxn: { readonly request: EndTxnRequest; readonly response: EndTxnResponse };
  readonly TxnOffsetCommit: { readonly request: TxnOffsetCommitRequest; readonly response: TxnOffsetCommitResponse };
  readonly DescribeConfigs: { readonly request: DescribeConfigsRequest; readonly response: DescribeConfigsResponse };
  readonly AlterConfigs: { readonly request: AlterConfigsRequest; readonly response: AlterConfigsResponse };
  readonly SaslAuthenticate: { readonly request: SaslAuthenticateRequest; readonly response: SaslAuthenticateResponse };
  readonly CreatePartitions: { readonly request: CreatePartitionsRequest; readonly response: CreatePartitionsResponse };
  readonly DeleteGroups: { readonly request: DeleteGroupsRequest; readonly response: DeleteGroupsResponse };
  readonly IncrementalAlterConfigs: { readonly request: IncrementalAlterConfigsRequest; readonly response: IncrementalAlterConfigsResponse };
  readonly OffsetDelete: { readonly request: OffsetDeleteRequest; readonly response: OffsetDeleteResponse };
  readonly DescribeCluster: { readonly request: DescribeClusterRequest; readonly response: DescribeClusterResponse };
  readonly DescribeTopicPartitions: { readonly request: DescribeTopicPartitionsRequest; readonly response: DescribeTopicPartitionsResponse };
}

export type Api<N extends ApiName> = ApiCodec<N, ApiTypes[N]['request'], ApiTypes[N]['response']>;

export const apis: { readonly [N in ApiName]: Api<N> } = {
  Produce: {
    name: 'Produce',
    key: 0,
    minVersion: 3,
    maxVersion: 13,
    firstFlexibleVersion: 9,
    encodeRequest: encodeProduceRequest,
    decodeRequest: decodeProduceRequest,
    encodeResponse: encodeProduceResponse,
    decodeResponse: decodeProduceResponse,
    requestHeaderVersion: (version) => (version >= 9 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 9 ? 1 : 0),
  },
  Fetch: {
    name: 'Fetch',
    key: 1,
    minVersion: 4,
    maxVersion: 18,
    firstFlexibleVersion: 12,
    encodeRequest: encodeFetchRequest,
    decodeRequest: decodeFetchRequest,
    encodeResponse: encodeFetchResponse,
    decodeResponse: decodeFetchResponse,
    requestHeaderVersion: (version) => (version >= 12 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 12 ? 1 : 0),
  },
  ListOffsets: {
    name: 'ListOffsets',
    key: 2,
    minVersion: 1,
    maxVersion: 11,
    firstFlexibleVersion: 6,
    encodeRequest: encodeListOffsetsRequest,
    decodeRequest: decodeListOffsetsRequest,
    encodeResponse: encodeListOffsetsResponse,
    decodeResponse: decodeListOffsetsResponse,
    requestHeaderVersion: (version) => (version >= 6 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 6 ? 1 : 0),
  },
  Metadata: {
    name: 'Metadata',
    key: 3,
    minVersion: 0,
    maxVersion: 13,
    firstFlexibleVersion: 9,
    encodeRequest: encodeMetadataRequest,
    decodeRequest: decodeMetadataRequest,
    encodeResponse: encodeMetadataResponse,
    decodeResponse: decodeMetadataResponse,
    requestHeaderVersion: (version) => (version >= 9 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 9 ? 1 : 0),
  },
  OffsetCommit: {
    name: 'OffsetCommit',
    key: 8,
    minVersion: 2,
    maxVersion: 10,
    firstFlexibleVersion: 8,
    encodeRequest: encodeOffsetCommitRequest,
    decodeRequest: decodeOffsetCommitRequest,
    encodeResponse: encodeOffsetCommitResponse,
    decodeResponse: decodeOffsetCommitResponse,
    requestHeaderVersion: (version) => (version >= 8 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 8 ? 1 : 0),
  },
  OffsetFetch: {
    name: 'OffsetFetch',
    key: 9,
    minVersion: 1,
    maxVersion: 10,
    firstFlexibleVersion: 6,
    encodeRequest: encodeOffsetFetchRequest,
    decodeRequest: decodeOffsetFetchRequest,
    encodeResponse: encodeOffsetFetchResponse,
    decodeResponse: decodeOffsetFetchResponse,
    requestHeaderVersion: (version) => (version >= 6 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 6 ? 1 : 0),
  },
  FindCoordinator: {
    name: 'FindCoordinator',
    key: 10,
    minVersion: 0,
    maxVersion: 6,
    firstFlexibleVersion: 3,
    encodeRequest: encodeFindCoordinatorRequest,
    decodeRequest: decodeFindCoordinatorRequest,
    encodeResponse: encodeFindCoordinatorResponse,
    decodeResponse: decodeFindCoordinatorResponse,
    requestHeaderVersion: (version) => (version >= 3 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 3 ? 1 : 0),
  },
  JoinGroup: {
    name: 'JoinGroup',
    key: 11,
    minVersion: 0,
    maxVersion: 9,
    firstFlexibleVersion: 6,
    encodeRequest: encodeJoinGroupRequest,
    decodeRequest: decodeJoinGroupRequest,
    encodeResponse: encodeJoinGroupResponse,
    decodeResponse: decodeJoinGroupResponse,
    requestHeaderVersion: (version) => (version >= 6 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 6 ? 1 : 0),
  },
  Heartbeat: {
    name: 'Heartbeat',
    key: 12,
    minVersion: 0,
    maxVersion: 4,
    firstFlexibleVersion: 4,
    encodeRequest: encodeHeartbeatRequest,
    decodeRequest: decodeHeartbeatRequest,
    encodeResponse: encodeHeartbeatResponse,
    decodeResponse: decodeHeartbeatResponse,
    requestHeaderVersion: (version) => (version >= 4 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 4 ? 1 : 0),
  },
  LeaveGroup: {
    name: 'LeaveGroup',
    key: 13,
    minVersion: 0,
    maxVersion: 5,
    firstFlexibleVersion: 4,
    encodeRequest: encodeLeaveGroupRequest,
    decodeRequest: decodeLeaveGroupRequest,
    encodeResponse: encodeLeaveGroupResponse,
    decodeResponse: decodeLeaveGroupResponse,
    requestHeaderVersion: (version) => (version >= 4 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 4 ? 1 : 0),
  },
  SyncGroup: {
    name: 'SyncGroup',
    key: 14,
    minVersion: 0,
    maxVersion: 5,
    firstFlexibleVersion: 4,
    encodeRequest: encodeSyncGroupRequest,
    decodeRequest: decodeSyncGroupRequest,
    encodeResponse: encodeSyncGroupResponse,
    decodeResponse: decodeSyncGroupResponse,
    requestHeaderVersion: (version) => (version >= 4 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 4 ? 1 : 0),
  },
  DescribeGroups: {
    name: 'DescribeGroups',
    key: 15,
    minVersion: 0,
    maxVersion: 6,
    firstFlexibleVersion: 5,
    encodeRequest: encodeDescribeGroupsRequest,
    decodeRequest: decodeDescribeGroupsRequest,
    encodeResponse: encodeDescribeGroupsResponse,
    decodeResponse: decodeDescribeGroupsResponse,
    requestHeaderVersion: (version) => (version >= 5 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 5 ? 1 : 0),
  },
  ListGroups: {
    name: 'ListGroups',
    key: 16,
    minVersion: 0,
    maxVersion: 5,
    firstFlexibleVersion: 3,
    encodeRequest: encodeListGroupsRequest,
    decodeRequest: decodeListGroupsRequest,
    encodeResponse: encodeListGroupsResponse,
    decodeResponse: decodeListGroupsResponse,
    requestHeaderVersion: (version) => (version >= 3 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 3 ? 1 : 0),
  },
  SaslHandshake: {
    name: 'SaslHandshake',
    key: 17,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: null,
    encodeRequest: encodeSaslHandshakeRequest,
    decodeRequest: decodeSaslHandshakeRequest,
    encodeResponse: encodeSaslHandshakeResponse,
    decodeResponse: decodeSaslHandshakeResponse,
    requestHeaderVersion: () => 1,
    responseHeaderVersion: () => 0,
  },
  ApiVersions: {
    name: 'ApiVersions',
    key: 18,
    minVersion: 0,
    maxVersion: 4,
    firstFlexibleVersion: 3,
    encodeRequest: encodeApiVersionsRequest,
    decodeRequest: decodeApiVersionsRequest,
    encodeResponse: encodeApiVersionsResponse,
    decodeResponse: decodeApiVersionsResponse,
    requestHeaderVersion: (version) => (version >= 3 ? 2 : 1),
    responseHeaderVersion: () => 0,
  },
  CreateTopics: {
    name: 'CreateTopics',
    key: 19,
    minVersion: 2,
    maxVersion: 7,
    firstFlexibleVersion: 5,
    encodeRequest: encodeCreateTopicsRequest,
    decodeRequest: decodeCreateTopicsRequest,
    encodeResponse: encodeCreateTopicsResponse,
    decodeResponse: decodeCreateTopicsResponse,
    requestHeaderVersion: (version) => (version >= 5 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 5 ? 1 : 0),
  },
  DeleteTopics: {
    name: 'DeleteTopics',
    key: 20,
    minVersion: 1,
    maxVersion: 6,
    firstFlexibleVersion: 4,
    encodeRequest: encodeDeleteTopicsRequest,
    decodeRequest: decodeDeleteTopicsRequest,
    encodeResponse: encodeDeleteTopicsResponse,
    decodeResponse: decodeDeleteTopicsResponse,
    requestHeaderVersion: (version) => (version >= 4 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 4 ? 1 : 0),
  },
  DeleteRecords: {
    name: 'DeleteRecords',
    key: 21,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeDeleteRecordsRequest,
    decodeRequest: decodeDeleteRecordsRequest,
    encodeResponse: encodeDeleteRecordsResponse,
    decodeResponse: decodeDeleteRecordsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  InitProducerId: {
    name: 'InitProducerId',
    key: 22,
    minVersion: 0,
    maxVersion: 5,
    firstFlexibleVersion: 2,
    encodeRequest: encodeInitProducerIdRequest,
    decodeRequest: decodeInitProducerIdRequest,
    encodeResponse: encodeInitProducerIdResponse,
    decodeResponse: decodeInitProducerIdResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  OffsetForLeaderEpoch: {
    name: 'OffsetForLeaderEpoch',
    key: 23,
    minVersion: 2,
    maxVersion: 4,
    firstFlexibleVersion: 4,
    encodeRequest: encodeOffsetForLeaderEpochRequest,
    decodeRequest: decodeOffsetForLeaderEpochRequest,
    encodeResponse: encodeOffsetForLeaderEpochResponse,
    decodeResponse: decodeOffsetForLeaderEpochResponse,
    requestHeaderVersion: (version) => (version >= 4 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 4 ? 1 : 0),
  },
  AddPartitionsToTxn: {
    name: 'AddPartitionsToTxn',
    key: 24,
    minVersion: 0,
    maxVersion: 5,
    firstFlexibleVersion: 3,
    encodeRequest: encodeAddPartitionsToTxnRequest,
    decodeRequest: decodeAddPartitionsToTxnRequest,
    encodeResponse: encodeAddPartitionsToTxnResponse,
    decodeResponse: decodeAddPartitionsToTxnResponse,
    requestHeaderVersion: (version) => (version >= 3 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 3 ? 1 : 0),
  },
  AddOffsetsToTxn: {
    name: 'AddOffsetsToTxn',
    key: 25,
    minVersion: 0,
    maxVersion: 4,
    firstFlexibleVersion: 3,
    encodeRequest: encodeAddOffsetsToTxnRequest,
    decodeRequest: decodeAddOffsetsToTxnRequest,
    encodeResponse: encodeAddOffsetsToTxnResponse,
    decodeResponse: decodeAddOffsetsToTxnResponse,
    requestHeaderVersion: (version) => (version >= 3 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 3 ? 1 : 0),
  },
  EndTxn: {
    name: 'EndTxn',
    key: 26,
    minVersion: 0,
    maxVersion: 5,
    firstFlexibleVersion: 3,
    encodeRequest: encodeEndTxnRequest,
    decodeRequest: decodeEndTxnRequest,
    encodeResponse: encodeEndTxnResponse,
    decodeResponse: decodeEndTxnResponse,
    requestHeaderVersion: (version) => (version >= 3 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 3 ? 1 : 0),
  },
  TxnOffsetCommit: {
    name: 'TxnOffsetCommit',
    key: 28,
    minVersion: 0,
    maxVersion: 5,
    firstFlexibleVersion: 3,
    encodeRequest: encodeTxnOffsetCommitRequest,
    decodeRequest: decodeTxnOffsetCommitRequest,
    encodeResponse: encodeTxnOffsetCommitResponse,
    decodeResponse: decodeTxnOffsetCommitResponse,
    requestHeaderVersion: (version) => (version >= 3 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 3 ? 1 : 0),
  },
  DescribeConfigs: {
    name: 'DescribeConfigs',
    key: 32,
    minVersion: 1,
    maxVersion: 4,
    firstFlexibleVersion: 4,
    encodeRequest: encodeDescribeConfigsRequest,
    decodeRequest: decodeDescribeConfigsRequest,
    encodeResponse: encodeDescribeConfigsResponse,
    decodeResponse: decodeDescribeConfigsResponse,
    requestHeaderVersion: (version) => (version >= 4 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 4 ? 1 : 0),
  },
  AlterConfigs: {
    name: 'AlterConfigs',
    key: 33,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeAlterConfigsRequest,
    decodeRequest: decodeAlterConfigsRequest,
    encodeResponse: encodeAlterConfigsResponse,
    decodeResponse: decodeAlterConfigsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  SaslAuthenticate: {
    name: 'SaslAuthenticate',
    key: 36,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeSaslAuthenticateRequest,
    decodeRequest: decodeSaslAuthenticateRequest,
    encodeResponse: encodeSaslAuthenticateResponse,
    decodeResponse: decodeSaslAuthenticateResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  CreatePartitions: {
    name: 'CreatePartitions',
    key: 37,
    minVersion: 0,
    maxVersion: 3,
    firstFlexibleVersion: 2,
    encodeRequest: encodeCreatePartitionsRequest,
    decodeRequest: decodeCreatePartitionsRequest,
    encodeResponse: encodeCreatePartitionsResponse,
    decodeResponse: decodeCreatePartitionsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  DeleteGroups: {
    name: 'DeleteGroups',
    key: 42,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeDeleteGroupsRequest,
    decodeRequest: decodeDeleteGroupsRequest,
    encodeResponse: encodeDeleteGroupsResponse,
    decodeResponse: decodeDeleteGroupsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  IncrementalAlterConfigs: {
    name: 'IncrementalAlterConfigs',
    key: 44,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 1,
    encodeRequest: encodeIncrementalAlterConfigsRequest,
    decodeRequest: decodeIncrementalAlterConfigsRequest,
    encodeResponse: encodeIncrementalAlterConfigsResponse,
    decodeResponse: decodeIncrementalAlterConfigsResponse,
    requestHeaderVersion: (version) => (version >= 1 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 1 ? 1 : 0),
  },
  OffsetDelete: {
    name: 'OffsetDelete',
    key: 47,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: null,
    encodeRequest: encodeOffsetDeleteRequest,
    decodeRequest: decodeOffsetDeleteRequest,
    encodeResponse: encodeOffsetDeleteResponse,
    decodeResponse: decodeOffsetDeleteResponse,
    requestHeaderVersion: () => 1,
    responseHeaderVersion: () => 0,
  },
  DescribeCluster: {
    name: 'DescribeCluster',
    key: 60,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDescribeClusterRequest,
    decodeRequest: decodeDescribeClusterRequest,
    encodeResponse: encodeDescribeClusterResponse,
    decodeResponse: decodeDescribeClusterResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  DescribeTopicPartitions: {
    name: 'DescribeTopicPartitions',
    key: 75,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDescribeTopicPartitionsRequest,
    decodeRequest: decodeDescribeTopicPartitionsRequest,
    encodeResponse: encodeDescribeTopicPartitionsResponse,
    decodeResponse: decodeDescribeTopicPartitionsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
};

const byKey: ReadonlyMap<number, Api<ApiName>> = new Map(Object.values(apis).map((api) => [api.key, api]));

/** The API of a request header, or undefined when the codec does not know its key. */
export function apiByKey(key: number): Api<ApiName> | undefined {
  return byKey.get(key);
}
