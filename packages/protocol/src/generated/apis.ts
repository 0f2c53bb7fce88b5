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
  decodeWriteTxnMarkersRequest,
  encodeWriteTxnMarkersRequest,
  type WriteTxnMarkersRequest,
  decodeWriteTxnMarkersResponse,
  encodeWriteTxnMarkersResponse,
  type WriteTxnMarkersResponse,
} from './write-txn-markers.ts';
import {
  decodeTxnOffsetCommitRequest,
  encodeTxnOffsetCommitRequest,
  type TxnOffsetCommitRequest,
  decodeTxnOffsetCommitResponse,
  encodeTxnOffsetCommitResponse,
  type TxnOffsetCommitResponse,
} from './txn-offset-commit.ts';
import {
  decodeDescribeAclsRequest,
  encodeDescribeAclsRequest,
  type DescribeAclsRequest,
  decodeDescribeAclsResponse,
  encodeDescribeAclsResponse,
  type DescribeAclsResponse,
} from './describe-acls.ts';
import {
  decodeCreateAclsRequest,
  encodeCreateAclsRequest,
  type CreateAclsRequest,
  decodeCreateAclsResponse,
  encodeCreateAclsResponse,
  type CreateAclsResponse,
} from './create-acls.ts';
import {
  decodeDeleteAclsRequest,
  encodeDeleteAclsRequest,
  type DeleteAclsRequest,
  decodeDeleteAclsResponse,
  encodeDeleteAclsResponse,
  type DeleteAclsResponse,
} from './delete-acls.ts';
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
  decodeAlterReplicaLogDirsRequest,
  encodeAlterReplicaLogDirsRequest,
  type AlterReplicaLogDirsRequest,
  decodeAlterReplicaLogDirsResponse,
  encodeAlterReplicaLogDirsResponse,
  type AlterReplicaLogDirsResponse,
} from './alter-replica-log-dirs.ts';
import {
  decodeDescribeLogDirsRequest,
  encodeDescribeLogDirsRequest,
  type DescribeLogDirsRequest,
  decodeDescribeLogDirsResponse,
  encodeDescribeLogDirsResponse,
  type DescribeLogDirsResponse,
} from './describe-log-dirs.ts';
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
  decodeCreateDelegationTokenRequest,
  encodeCreateDelegationTokenRequest,
  type CreateDelegationTokenRequest,
  decodeCreateDelegationTokenResponse,
  encodeCreateDelegationTokenResponse,
  type CreateDelegationTokenResponse,
} from './create-delegation-token.ts';
import {
  decodeRenewDelegationTokenRequest,
  encodeRenewDelegationTokenRequest,
  type RenewDelegationTokenRequest,
  decodeRenewDelegationTokenResponse,
  encodeRenewDelegationTokenResponse,
  type RenewDelegationTokenResponse,
} from './renew-delegation-token.ts';
import {
  decodeExpireDelegationTokenRequest,
  encodeExpireDelegationTokenRequest,
  type ExpireDelegationTokenRequest,
  decodeExpireDelegationTokenResponse,
  encodeExpireDelegationTokenResponse,
  type ExpireDelegationTokenResponse,
} from './expire-delegation-token.ts';
import {
  decodeDescribeDelegationTokenRequest,
  encodeDescribeDelegationTokenRequest,
  type DescribeDelegationTokenRequest,
  decodeDescribeDelegationTokenResponse,
  encodeDescribeDelegationTokenResponse,
  type DescribeDelegationTokenResponse,
} from './describe-delegation-token.ts';
import {
  decodeDeleteGroupsRequest,
  encodeDeleteGroupsRequest,
  type DeleteGroupsRequest,
  decodeDeleteGroupsResponse,
  encodeDeleteGroupsResponse,
  type DeleteGroupsResponse,
} from './delete-groups.ts';
import {
  decodeElectLeadersRequest,
  encodeElectLeadersRequest,
  type ElectLeadersRequest,
  decodeElectLeadersResponse,
  encodeElectLeadersResponse,
  type ElectLeadersResponse,
} from './elect-leaders.ts';
import {
  decodeIncrementalAlterConfigsRequest,
  encodeIncrementalAlterConfigsRequest,
  type IncrementalAlterConfigsRequest,
  decodeIncrementalAlterConfigsResponse,
  encodeIncrementalAlterConfigsResponse,
  type IncrementalAlterConfigsResponse,
} from './incremental-alter-configs.ts';
import {
  decodeAlterPartitionReassignmentsRequest,
  encodeAlterPartitionReassignmentsRequest,
  type AlterPartitionReassignmentsRequest,
  decodeAlterPartitionReassignmentsResponse,
  encodeAlterPartitionReassignmentsResponse,
  type AlterPartitionReassignmentsResponse,
} from './alter-partition-reassignments.ts';
import {
  decodeListPartitionReassignmentsRequest,
  encodeListPartitionReassignmentsRequest,
  type ListPartitionReassignmentsRequest,
  decodeListPartitionReassignmentsResponse,
  encodeListPartitionReassignmentsResponse,
  type ListPartitionReassignmentsResponse,
} from './list-partition-reassignments.ts';
import {
  decodeOffsetDeleteRequest,
  encodeOffsetDeleteRequest,
  type OffsetDeleteRequest,
  decodeOffsetDeleteResponse,
  encodeOffsetDeleteResponse,
  type OffsetDeleteResponse,
} from './offset-delete.ts';
import {
  decodeDescribeClientQuotasRequest,
  encodeDescribeClientQuotasRequest,
  type DescribeClientQuotasRequest,
  decodeDescribeClientQuotasResponse,
  encodeDescribeClientQuotasResponse,
  type DescribeClientQuotasResponse,
} from './describe-client-quotas.ts';
import {
  decodeAlterClientQuotasRequest,
  encodeAlterClientQuotasRequest,
  type AlterClientQuotasRequest,
  decodeAlterClientQuotasResponse,
  encodeAlterClientQuotasResponse,
  type AlterClientQuotasResponse,
} from './alter-client-quotas.ts';
import {
  decodeDescribeUserScramCredentialsRequest,
  encodeDescribeUserScramCredentialsRequest,
  type DescribeUserScramCredentialsRequest,
  decodeDescribeUserScramCredentialsResponse,
  encodeDescribeUserScramCredentialsResponse,
  type DescribeUserScramCredentialsResponse,
} from './describe-user-scram-credentials.ts';
import {
  decodeAlterUserScramCredentialsRequest,
  encodeAlterUserScramCredentialsRequest,
  type AlterUserScramCredentialsRequest,
  decodeAlterUserScramCredentialsResponse,
  encodeAlterUserScramCredentialsResponse,
  type AlterUserScramCredentialsResponse,
} from './alter-user-scram-credentials.ts';
import {
  decodeDescribeQuorumRequest,
  encodeDescribeQuorumRequest,
  type DescribeQuorumRequest,
  decodeDescribeQuorumResponse,
  encodeDescribeQuorumResponse,
  type DescribeQuorumResponse,
} from './describe-quorum.ts';
import {
  decodeUpdateFeaturesRequest,
  encodeUpdateFeaturesRequest,
  type UpdateFeaturesRequest,
  decodeUpdateFeaturesResponse,
  encodeUpdateFeaturesResponse,
  type UpdateFeaturesResponse,
} from './update-features.ts';
import {
  decodeDescribeClusterRequest,
  encodeDescribeClusterRequest,
  type DescribeClusterRequest,
  decodeDescribeClusterResponse,
  encodeDescribeClusterResponse,
  type DescribeClusterResponse,
} from './describe-cluster.ts';
import {
  decodeDescribeProducersRequest,
  encodeDescribeProducersRequest,
  type DescribeProducersRequest,
  decodeDescribeProducersResponse,
  encodeDescribeProducersResponse,
  type DescribeProducersResponse,
} from './describe-producers.ts';
import {
  decodeUnregisterBrokerRequest,
  encodeUnregisterBrokerRequest,
  type UnregisterBrokerRequest,
  decodeUnregisterBrokerResponse,
  encodeUnregisterBrokerResponse,
  type UnregisterBrokerResponse,
} from './unregister-broker.ts';
import {
  decodeDescribeTransactionsRequest,
  encodeDescribeTransactionsRequest,
  type DescribeTransactionsRequest,
  decodeDescribeTransactionsResponse,
  encodeDescribeTransactionsResponse,
  type DescribeTransactionsResponse,
} from './describe-transactions.ts';
import {
  decodeListTransactionsRequest,
  encodeListTransactionsRequest,
  type ListTransactionsRequest,
  decodeListTransactionsResponse,
  encodeListTransactionsResponse,
  type ListTransactionsResponse,
} from './list-transactions.ts';
import {
  decodeConsumerGroupHeartbeatRequest,
  encodeConsumerGroupHeartbeatRequest,
  type ConsumerGroupHeartbeatRequest,
  decodeConsumerGroupHeartbeatResponse,
  encodeConsumerGroupHeartbeatResponse,
  type ConsumerGroupHeartbeatResponse,
} from './consumer-group-heartbeat.ts';
import {
  decodeConsumerGroupDescribeRequest,
  encodeConsumerGroupDescribeRequest,
  type ConsumerGroupDescribeRequest,
  decodeConsumerGroupDescribeResponse,
  encodeConsumerGroupDescribeResponse,
  type ConsumerGroupDescribeResponse,
} from './consumer-group-describe.ts';
import {
  decodeGetTelemetrySubscriptionsRequest,
  encodeGetTelemetrySubscriptionsRequest,
  type GetTelemetrySubscriptionsRequest,
  decodeGetTelemetrySubscriptionsResponse,
  encodeGetTelemetrySubscriptionsResponse,
  type GetTelemetrySubscriptionsResponse,
} from './get-telemetry-subscriptions.ts';
import {
  decodePushTelemetryRequest,
  encodePushTelemetryRequest,
  type PushTelemetryRequest,
  decodePushTelemetryResponse,
  encodePushTelemetryResponse,
  type PushTelemetryResponse,
} from './push-telemetry.ts';
import {
  decodeListConfigResourcesRequest,
  encodeListConfigResourcesRequest,
  type ListConfigResourcesRequest,
  decodeListConfigResourcesResponse,
  encodeListConfigResourcesResponse,
  type ListConfigResourcesResponse,
} from './list-config-resources.ts';
import {
  decodeDescribeTopicPartitionsRequest,
  encodeDescribeTopicPartitionsRequest,
  type DescribeTopicPartitionsRequest,
  decodeDescribeTopicPartitionsResponse,
  encodeDescribeTopicPartitionsResponse,
  type DescribeTopicPartitionsResponse,
} from './describe-topic-partitions.ts';
import {
  decodeShareGroupHeartbeatRequest,
  encodeShareGroupHeartbeatRequest,
  type ShareGroupHeartbeatRequest,
  decodeShareGroupHeartbeatResponse,
  encodeShareGroupHeartbeatResponse,
  type ShareGroupHeartbeatResponse,
} from './share-group-heartbeat.ts';
import {
  decodeShareGroupDescribeRequest,
  encodeShareGroupDescribeRequest,
  type ShareGroupDescribeRequest,
  decodeShareGroupDescribeResponse,
  encodeShareGroupDescribeResponse,
  type ShareGroupDescribeResponse,
} from './share-group-describe.ts';
import {
  decodeShareFetchRequest,
  encodeShareFetchRequest,
  type ShareFetchRequest,
  decodeShareFetchResponse,
  encodeShareFetchResponse,
  type ShareFetchResponse,
} from './share-fetch.ts';
import {
  decodeShareAcknowledgeRequest,
  encodeShareAcknowledgeRequest,
  type ShareAcknowledgeRequest,
  decodeShareAcknowledgeResponse,
  encodeShareAcknowledgeResponse,
  type ShareAcknowledgeResponse,
} from './share-acknowledge.ts';
import {
  decodeAddRaftVoterRequest,
  encodeAddRaftVoterRequest,
  type AddRaftVoterRequest,
  decodeAddRaftVoterResponse,
  encodeAddRaftVoterResponse,
  type AddRaftVoterResponse,
} from './add-raft-voter.ts';
import {
  decodeRemoveRaftVoterRequest,
  encodeRemoveRaftVoterRequest,
  type RemoveRaftVoterRequest,
  decodeRemoveRaftVoterResponse,
  encodeRemoveRaftVoterResponse,
  type RemoveRaftVoterResponse,
} from './remove-raft-voter.ts';
import {
  decodeStreamsGroupHeartbeatRequest,
  encodeStreamsGroupHeartbeatRequest,
  type StreamsGroupHeartbeatRequest,
  decodeStreamsGroupHeartbeatResponse,
  encodeStreamsGroupHeartbeatResponse,
  type StreamsGroupHeartbeatResponse,
} from './streams-group-heartbeat.ts';
import {
  decodeStreamsGroupDescribeRequest,
  encodeStreamsGroupDescribeRequest,
  type StreamsGroupDescribeRequest,
  decodeStreamsGroupDescribeResponse,
  encodeStreamsGroupDescribeResponse,
  type StreamsGroupDescribeResponse,
} from './streams-group-describe.ts';
import {
  decodeDescribeShareGroupOffsetsRequest,
  encodeDescribeShareGroupOffsetsRequest,
  type DescribeShareGroupOffsetsRequest,
  decodeDescribeShareGroupOffsetsResponse,
  encodeDescribeShareGroupOffsetsResponse,
  type DescribeShareGroupOffsetsResponse,
} from './describe-share-group-offsets.ts';
import {
  decodeAlterShareGroupOffsetsRequest,
  encodeAlterShareGroupOffsetsRequest,
  type AlterShareGroupOffsetsRequest,
  decodeAlterShareGroupOffsetsResponse,
  encodeAlterShareGroupOffsetsResponse,
  type AlterShareGroupOffsetsResponse,
} from './alter-share-group-offsets.ts';
import {
  decodeDeleteShareGroupOffsetsRequest,
  encodeDeleteShareGroupOffsetsRequest,
  type DeleteShareGroupOffsetsRequest,
  decodeDeleteShareGroupOffsetsResponse,
  encodeDeleteShareGroupOffsetsResponse,
  type DeleteShareGroupOffsetsResponse,
} from './delete-share-group-offsets.ts';

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
  | 'WriteTxnMarkers'
  | 'TxnOffsetCommit'
  | 'DescribeAcls'
  | 'CreateAcls'
  | 'DeleteAcls'
  | 'DescribeConfigs'
  | 'AlterConfigs'
  | 'AlterReplicaLogDirs'
  | 'DescribeLogDirs'
  | 'SaslAuthenticate'
  | 'CreatePartitions'
  | 'CreateDelegationToken'
  | 'RenewDelegationToken'
  | 'ExpireDelegationToken'
  | 'DescribeDelegationToken'
  | 'DeleteGroups'
  | 'ElectLeaders'
  | 'IncrementalAlterConfigs'
  | 'AlterPartitionReassignments'
  | 'ListPartitionReassignments'
  | 'OffsetDelete'
  | 'DescribeClientQuotas'
  | 'AlterClientQuotas'
  | 'DescribeUserScramCredentials'
  | 'AlterUserScramCredentials'
  | 'DescribeQuorum'
  | 'UpdateFeatures'
  | 'DescribeCluster'
  | 'DescribeProducers'
  | 'UnregisterBroker'
  | 'DescribeTransactions'
  | 'ListTransactions'
  | 'ConsumerGroupHeartbeat'
  | 'ConsumerGroupDescribe'
  | 'GetTelemetrySubscriptions'
  | 'PushTelemetry'
  | 'ListConfigResources'
  | 'DescribeTopicPartitions'
  | 'ShareGroupHeartbeat'
  | 'ShareGroupDescribe'
  | 'ShareFetch'
  | 'ShareAcknowledge'
  | 'AddRaftVoter'
  | 'RemoveRaftVoter'
  | 'StreamsGroupHeartbeat'
  | 'StreamsGroupDescribe'
  | 'DescribeShareGroupOffsets'
  | 'AlterShareGroupOffsets'
  | 'DeleteShareGroupOffsets';

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
  readonly WriteTxnMarkers: { readonly request: WriteTxnMarkersRequest; readonly response: WriteTxnMarkersResponse };
  readonly TxnOffsetCommit: { readonly request: TxnOffsetCommitRequest; readonly response: TxnOffsetCommitResponse };
  readonly DescribeAcls: { readonly request: DescribeAclsRequest; readonly response: DescribeAclsResponse };
  readonly CreateAcls: { readonly request: CreateAclsRequest; readonly response: CreateAclsResponse };
  readonly DeleteAcls: { readonly request: DeleteAclsRequest; readonly response: DeleteAclsResponse };
  readonly DescribeConfigs: { readonly request: DescribeConfigsRequest; readonly response: DescribeConfigsResponse };
  readonly AlterConfigs: { readonly request: AlterConfigsRequest; readonly response: AlterConfigsResponse };
  readonly AlterReplicaLogDirs: { readonly request: AlterReplicaLogDirsRequest; readonly response: AlterReplicaLogDirsResponse };
  readonly DescribeLogDirs: { readonly request: DescribeLogDirsRequest; readonly response: DescribeLogDirsResponse };
  readonly SaslAuthenticate: { readonly request: SaslAuthenticateRequest; readonly response: SaslAuthenticateResponse };
  readonly CreatePartitions: { readonly request: CreatePartitionsRequest; readonly response: CreatePartitionsResponse };
  readonly CreateDelegationToken: { readonly request: CreateDelegationTokenRequest; readonly response: CreateDelegationTokenResponse };
  readonly RenewDelegationToken: { readonly request: RenewDelegationTokenRequest; readonly response: RenewDelegationTokenResponse };
  readonly ExpireDelegationToken: { readonly request: ExpireDelegationTokenRequest; readonly response: ExpireDelegationTokenResponse };
  readonly DescribeDelegationToken: { readonly request: DescribeDelegationTokenRequest; readonly response: DescribeDelegationTokenResponse };
  readonly DeleteGroups: { readonly request: DeleteGroupsRequest; readonly response: DeleteGroupsResponse };
  readonly ElectLeaders: { readonly request: ElectLeadersRequest; readonly response: ElectLeadersResponse };
  readonly IncrementalAlterConfigs: { readonly request: IncrementalAlterConfigsRequest; readonly response: IncrementalAlterConfigsResponse };
  readonly AlterPartitionReassignments: { readonly request: AlterPartitionReassignmentsRequest; readonly response: AlterPartitionReassignmentsResponse };
  readonly ListPartitionReassignments: { readonly request: ListPartitionReassignmentsRequest; readonly response: ListPartitionReassignmentsResponse };
  readonly OffsetDelete: { readonly request: OffsetDeleteRequest; readonly response: OffsetDeleteResponse };
  readonly DescribeClientQuotas: { readonly request: DescribeClientQuotasRequest; readonly response: DescribeClientQuotasResponse };
  readonly AlterClientQuotas: { readonly request: AlterClientQuotasRequest; readonly response: AlterClientQuotasResponse };
  readonly DescribeUserScramCredentials: { readonly request: DescribeUserScramCredentialsRequest; readonly response: DescribeUserScramCredentialsResponse };
  readonly AlterUserScramCredentials: { readonly request: AlterUserScramCredentialsRequest; readonly response: AlterUserScramCredentialsResponse };
  readonly DescribeQuorum: { readonly request: DescribeQuorumRequest; readonly response: DescribeQuorumResponse };
  readonly UpdateFeatures: { readonly request: UpdateFeaturesRequest; readonly response: UpdateFeaturesResponse };
  readonly DescribeCluster: { readonly request: DescribeClusterRequest; readonly response: DescribeClusterResponse };
  readonly DescribeProducers: { readonly request: DescribeProducersRequest; readonly response: DescribeProducersResponse };
  readonly UnregisterBroker: { readonly request: UnregisterBrokerRequest; readonly response: UnregisterBrokerResponse };
  readonly DescribeTransactions: { readonly request: DescribeTransactionsRequest; readonly response: DescribeTransactionsResponse };
  readonly ListTransactions: { readonly request: ListTransactionsRequest; readonly response: ListTransactionsResponse };
  readonly ConsumerGroupHeartbeat: { readonly request: ConsumerGroupHeartbeatRequest; readonly response: ConsumerGroupHeartbeatResponse };
  readonly ConsumerGroupDescribe: { readonly request: ConsumerGroupDescribeRequest; readonly response: ConsumerGroupDescribeResponse };
  readonly GetTelemetrySubscriptions: { readonly request: GetTelemetrySubscriptionsRequest; readonly response: GetTelemetrySubscriptionsResponse };
  readonly PushTelemetry: { readonly request: PushTelemetryRequest; readonly response: PushTelemetryResponse };
  readonly ListConfigResources: { readonly request: ListConfigResourcesRequest; readonly response: ListConfigResourcesResponse };
  readonly DescribeTopicPartitions: { readonly request: DescribeTopicPartitionsRequest; readonly response: DescribeTopicPartitionsResponse };
  readonly ShareGroupHeartbeat: { readonly request: ShareGroupHeartbeatRequest; readonly response: ShareGroupHeartbeatResponse };
  readonly ShareGroupDescribe: { readonly request: ShareGroupDescribeRequest; readonly response: ShareGroupDescribeResponse };
  readonly ShareFetch: { readonly request: ShareFetchRequest; readonly response: ShareFetchResponse };
  readonly ShareAcknowledge: { readonly request: ShareAcknowledgeRequest; readonly response: ShareAcknowledgeResponse };
  readonly AddRaftVoter: { readonly request: AddRaftVoterRequest; readonly response: AddRaftVoterResponse };
  readonly RemoveRaftVoter: { readonly request: RemoveRaftVoterRequest; readonly response: RemoveRaftVoterResponse };
  readonly StreamsGroupHeartbeat: { readonly request: StreamsGroupHeartbeatRequest; readonly response: StreamsGroupHeartbeatResponse };
  readonly StreamsGroupDescribe: { readonly request: StreamsGroupDescribeRequest; readonly response: StreamsGroupDescribeResponse };
  readonly DescribeShareGroupOffsets: { readonly request: DescribeShareGroupOffsetsRequest; readonly response: DescribeShareGroupOffsetsResponse };
  readonly AlterShareGroupOffsets: { readonly request: AlterShareGroupOffsetsRequest; readonly response: AlterShareGroupOffsetsResponse };
  readonly DeleteShareGroupOffsets: { readonly request: DeleteShareGroupOffsetsRequest; readonly response: DeleteShareGroupOffsetsResponse };
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
  WriteTxnMarkers: {
    name: 'WriteTxnMarkers',
    key: 27,
    minVersion: 1,
    maxVersion: 2,
    firstFlexibleVersion: 1,
    encodeRequest: encodeWriteTxnMarkersRequest,
    decodeRequest: decodeWriteTxnMarkersRequest,
    encodeResponse: encodeWriteTxnMarkersResponse,
    decodeResponse: decodeWriteTxnMarkersResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
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
  DescribeAcls: {
    name: 'DescribeAcls',
    key: 29,
    minVersion: 1,
    maxVersion: 3,
    firstFlexibleVersion: 2,
    encodeRequest: encodeDescribeAclsRequest,
    decodeRequest: decodeDescribeAclsRequest,
    encodeResponse: encodeDescribeAclsResponse,
    decodeResponse: decodeDescribeAclsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  CreateAcls: {
    name: 'CreateAcls',
    key: 30,
    minVersion: 1,
    maxVersion: 3,
    firstFlexibleVersion: 2,
    encodeRequest: encodeCreateAclsRequest,
    decodeRequest: decodeCreateAclsRequest,
    encodeResponse: encodeCreateAclsResponse,
    decodeResponse: decodeCreateAclsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  DeleteAcls: {
    name: 'DeleteAcls',
    key: 31,
    minVersion: 1,
    maxVersion: 3,
    firstFlexibleVersion: 2,
    encodeRequest: encodeDeleteAclsRequest,
    decodeRequest: decodeDeleteAclsRequest,
    encodeResponse: encodeDeleteAclsResponse,
    decodeResponse: decodeDeleteAclsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
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
  AlterReplicaLogDirs: {
    name: 'AlterReplicaLogDirs',
    key: 34,
    minVersion: 1,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeAlterReplicaLogDirsRequest,
    decodeRequest: decodeAlterReplicaLogDirsRequest,
    encodeResponse: encodeAlterReplicaLogDirsResponse,
    decodeResponse: decodeAlterReplicaLogDirsResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  DescribeLogDirs: {
    name: 'DescribeLogDirs',
    key: 35,
    minVersion: 1,
    maxVersion: 5,
    firstFlexibleVersion: 2,
    encodeRequest: encodeDescribeLogDirsRequest,
    decodeRequest: decodeDescribeLogDirsRequest,
    encodeResponse: encodeDescribeLogDirsResponse,
    decodeResponse: decodeDescribeLogDirsResponse,
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
  CreateDelegationToken: {
    name: 'CreateDelegationToken',
    key: 38,
    minVersion: 1,
    maxVersion: 3,
    firstFlexibleVersion: 2,
    encodeRequest: encodeCreateDelegationTokenRequest,
    decodeRequest: decodeCreateDelegationTokenRequest,
    encodeResponse: encodeCreateDelegationTokenResponse,
    decodeResponse: decodeCreateDelegationTokenResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  RenewDelegationToken: {
    name: 'RenewDelegationToken',
    key: 39,
    minVersion: 1,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeRenewDelegationTokenRequest,
    decodeRequest: decodeRenewDelegationTokenRequest,
    encodeResponse: encodeRenewDelegationTokenResponse,
    decodeResponse: decodeRenewDelegationTokenResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  ExpireDelegationToken: {
    name: 'ExpireDelegationToken',
    key: 40,
    minVersion: 1,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeExpireDelegationTokenRequest,
    decodeRequest: decodeExpireDelegationTokenRequest,
    encodeResponse: encodeExpireDelegationTokenResponse,
    decodeResponse: decodeExpireDelegationTokenResponse,
    requestHeaderVersion: (version) => (version >= 2 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 2 ? 1 : 0),
  },
  DescribeDelegationToken: {
    name: 'DescribeDelegationToken',
    key: 41,
    minVersion: 1,
    maxVersion: 3,
    firstFlexibleVersion: 2,
    encodeRequest: encodeDescribeDelegationTokenRequest,
    decodeRequest: decodeDescribeDelegationTokenRequest,
    encodeResponse: encodeDescribeDelegationTokenResponse,
    decodeResponse: decodeDescribeDelegationTokenResponse,
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
  ElectLeaders: {
    name: 'ElectLeaders',
    key: 43,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 2,
    encodeRequest: encodeElectLeadersRequest,
    decodeRequest: decodeElectLeadersRequest,
    encodeResponse: encodeElectLeadersResponse,
    decodeResponse: decodeElectLeadersResponse,
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
  AlterPartitionReassignments: {
    name: 'AlterPartitionReassignments',
    key: 45,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 0,
    encodeRequest: encodeAlterPartitionReassignmentsRequest,
    decodeRequest: decodeAlterPartitionReassignmentsRequest,
    encodeResponse: encodeAlterPartitionReassignmentsResponse,
    decodeResponse: decodeAlterPartitionReassignmentsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ListPartitionReassignments: {
    name: 'ListPartitionReassignments',
    key: 46,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeListPartitionReassignmentsRequest,
    decodeRequest: decodeListPartitionReassignmentsRequest,
    encodeResponse: encodeListPartitionReassignmentsResponse,
    decodeResponse: decodeListPartitionReassignmentsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
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
  DescribeClientQuotas: {
    name: 'DescribeClientQuotas',
    key: 48,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 1,
    encodeRequest: encodeDescribeClientQuotasRequest,
    decodeRequest: decodeDescribeClientQuotasRequest,
    encodeResponse: encodeDescribeClientQuotasResponse,
    decodeResponse: decodeDescribeClientQuotasResponse,
    requestHeaderVersion: (version) => (version >= 1 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 1 ? 1 : 0),
  },
  AlterClientQuotas: {
    name: 'AlterClientQuotas',
    key: 49,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 1,
    encodeRequest: encodeAlterClientQuotasRequest,
    decodeRequest: decodeAlterClientQuotasRequest,
    encodeResponse: encodeAlterClientQuotasResponse,
    decodeResponse: decodeAlterClientQuotasResponse,
    requestHeaderVersion: (version) => (version >= 1 ? 2 : 1),
    responseHeaderVersion: (version) => (version >= 1 ? 1 : 0),
  },
  DescribeUserScramCredentials: {
    name: 'DescribeUserScramCredentials',
    key: 50,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDescribeUserScramCredentialsRequest,
    decodeRequest: decodeDescribeUserScramCredentialsRequest,
    encodeResponse: encodeDescribeUserScramCredentialsResponse,
    decodeResponse: decodeDescribeUserScramCredentialsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  AlterUserScramCredentials: {
    name: 'AlterUserScramCredentials',
    key: 51,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeAlterUserScramCredentialsRequest,
    decodeRequest: decodeAlterUserScramCredentialsRequest,
    encodeResponse: encodeAlterUserScramCredentialsResponse,
    decodeResponse: decodeAlterUserScramCredentialsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  DescribeQuorum: {
    name: 'DescribeQuorum',
    key: 55,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDescribeQuorumRequest,
    decodeRequest: decodeDescribeQuorumRequest,
    encodeResponse: encodeDescribeQuorumResponse,
    decodeResponse: decodeDescribeQuorumResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  UpdateFeatures: {
    name: 'UpdateFeatures',
    key: 57,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 0,
    encodeRequest: encodeUpdateFeaturesRequest,
    decodeRequest: decodeUpdateFeaturesRequest,
    encodeResponse: encodeUpdateFeaturesResponse,
    decodeResponse: decodeUpdateFeaturesResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
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
  DescribeProducers: {
    name: 'DescribeProducers',
    key: 61,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDescribeProducersRequest,
    decodeRequest: decodeDescribeProducersRequest,
    encodeResponse: encodeDescribeProducersResponse,
    decodeResponse: decodeDescribeProducersResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  UnregisterBroker: {
    name: 'UnregisterBroker',
    key: 64,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeUnregisterBrokerRequest,
    decodeRequest: decodeUnregisterBrokerRequest,
    encodeResponse: encodeUnregisterBrokerResponse,
    decodeResponse: decodeUnregisterBrokerResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  DescribeTransactions: {
    name: 'DescribeTransactions',
    key: 65,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDescribeTransactionsRequest,
    decodeRequest: decodeDescribeTransactionsRequest,
    encodeResponse: encodeDescribeTransactionsResponse,
    decodeResponse: decodeDescribeTransactionsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ListTransactions: {
    name: 'ListTransactions',
    key: 66,
    minVersion: 0,
    maxVersion: 2,
    firstFlexibleVersion: 0,
    encodeRequest: encodeListTransactionsRequest,
    decodeRequest: decodeListTransactionsRequest,
    encodeResponse: encodeListTransactionsResponse,
    decodeResponse: decodeListTransactionsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ConsumerGroupHeartbeat: {
    name: 'ConsumerGroupHeartbeat',
    key: 68,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 0,
    encodeRequest: encodeConsumerGroupHeartbeatRequest,
    decodeRequest: decodeConsumerGroupHeartbeatRequest,
    encodeResponse: encodeConsumerGroupHeartbeatResponse,
    decodeResponse: decodeConsumerGroupHeartbeatResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ConsumerGroupDescribe: {
    name: 'ConsumerGroupDescribe',
    key: 69,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 0,
    encodeRequest: encodeConsumerGroupDescribeRequest,
    decodeRequest: decodeConsumerGroupDescribeRequest,
    encodeResponse: encodeConsumerGroupDescribeResponse,
    decodeResponse: decodeConsumerGroupDescribeResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  GetTelemetrySubscriptions: {
    name: 'GetTelemetrySubscriptions',
    key: 71,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeGetTelemetrySubscriptionsRequest,
    decodeRequest: decodeGetTelemetrySubscriptionsRequest,
    encodeResponse: encodeGetTelemetrySubscriptionsResponse,
    decodeResponse: decodeGetTelemetrySubscriptionsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  PushTelemetry: {
    name: 'PushTelemetry',
    key: 72,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodePushTelemetryRequest,
    decodeRequest: decodePushTelemetryRequest,
    encodeResponse: encodePushTelemetryResponse,
    decodeResponse: decodePushTelemetryResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ListConfigResources: {
    name: 'ListConfigResources',
    key: 74,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 0,
    encodeRequest: encodeListConfigResourcesRequest,
    decodeRequest: decodeListConfigResourcesRequest,
    encodeResponse: encodeListConfigResourcesResponse,
    decodeResponse: decodeListConfigResourcesResponse,
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
  ShareGroupHeartbeat: {
    name: 'ShareGroupHeartbeat',
    key: 76,
    minVersion: 1,
    maxVersion: 1,
    firstFlexibleVersion: 1,
    encodeRequest: encodeShareGroupHeartbeatRequest,
    decodeRequest: decodeShareGroupHeartbeatRequest,
    encodeResponse: encodeShareGroupHeartbeatResponse,
    decodeResponse: decodeShareGroupHeartbeatResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ShareGroupDescribe: {
    name: 'ShareGroupDescribe',
    key: 77,
    minVersion: 1,
    maxVersion: 1,
    firstFlexibleVersion: 1,
    encodeRequest: encodeShareGroupDescribeRequest,
    decodeRequest: decodeShareGroupDescribeRequest,
    encodeResponse: encodeShareGroupDescribeResponse,
    decodeResponse: decodeShareGroupDescribeResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ShareFetch: {
    name: 'ShareFetch',
    key: 78,
    minVersion: 1,
    maxVersion: 2,
    firstFlexibleVersion: 1,
    encodeRequest: encodeShareFetchRequest,
    decodeRequest: decodeShareFetchRequest,
    encodeResponse: encodeShareFetchResponse,
    decodeResponse: decodeShareFetchResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  ShareAcknowledge: {
    name: 'ShareAcknowledge',
    key: 79,
    minVersion: 1,
    maxVersion: 2,
    firstFlexibleVersion: 1,
    encodeRequest: encodeShareAcknowledgeRequest,
    decodeRequest: decodeShareAcknowledgeRequest,
    encodeResponse: encodeShareAcknowledgeResponse,
    decodeResponse: decodeShareAcknowledgeResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  AddRaftVoter: {
    name: 'AddRaftVoter',
    key: 80,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 0,
    encodeRequest: encodeAddRaftVoterRequest,
    decodeRequest: decodeAddRaftVoterRequest,
    encodeResponse: encodeAddRaftVoterResponse,
    decodeResponse: decodeAddRaftVoterResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  RemoveRaftVoter: {
    name: 'RemoveRaftVoter',
    key: 81,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeRemoveRaftVoterRequest,
    decodeRequest: decodeRemoveRaftVoterRequest,
    encodeResponse: encodeRemoveRaftVoterResponse,
    decodeResponse: decodeRemoveRaftVoterResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  StreamsGroupHeartbeat: {
    name: 'StreamsGroupHeartbeat',
    key: 88,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeStreamsGroupHeartbeatRequest,
    decodeRequest: decodeStreamsGroupHeartbeatRequest,
    encodeResponse: encodeStreamsGroupHeartbeatResponse,
    decodeResponse: decodeStreamsGroupHeartbeatResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  StreamsGroupDescribe: {
    name: 'StreamsGroupDescribe',
    key: 89,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeStreamsGroupDescribeRequest,
    decodeRequest: decodeStreamsGroupDescribeRequest,
    encodeResponse: encodeStreamsGroupDescribeResponse,
    decodeResponse: decodeStreamsGroupDescribeResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  DescribeShareGroupOffsets: {
    name: 'DescribeShareGroupOffsets',
    key: 90,
    minVersion: 0,
    maxVersion: 1,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDescribeShareGroupOffsetsRequest,
    decodeRequest: decodeDescribeShareGroupOffsetsRequest,
    encodeResponse: encodeDescribeShareGroupOffsetsResponse,
    decodeResponse: decodeDescribeShareGroupOffsetsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  AlterShareGroupOffsets: {
    name: 'AlterShareGroupOffsets',
    key: 91,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeAlterShareGroupOffsetsRequest,
    decodeRequest: decodeAlterShareGroupOffsetsRequest,
    encodeResponse: encodeAlterShareGroupOffsetsResponse,
    decodeResponse: decodeAlterShareGroupOffsetsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
  DeleteShareGroupOffsets: {
    name: 'DeleteShareGroupOffsets',
    key: 92,
    minVersion: 0,
    maxVersion: 0,
    firstFlexibleVersion: 0,
    encodeRequest: encodeDeleteShareGroupOffsetsRequest,
    decodeRequest: decodeDeleteShareGroupOffsetsRequest,
    encodeResponse: encodeDeleteShareGroupOffsetsResponse,
    decodeResponse: decodeDeleteShareGroupOffsetsResponse,
    requestHeaderVersion: () => 2,
    responseHeaderVersion: () => 1,
  },
};

const byKey: ReadonlyMap<number, Api<ApiName>> = new Map(Object.values(apis).map((api) => [api.key, api]));

/** The API of a request header, or undefined when the codec does not know its key. */
export function apiByKey(key: number): Api<ApiName> | undefined {
  return byKey.get(key);
}
