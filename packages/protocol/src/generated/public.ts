// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
export { type Api, type ApiName, type ApiTypes, apiByKey, apis } from './apis.ts';
export {
  type ProduceRequestPartitionProduceData,
  type ProduceRequestTopicProduceData,
  ProduceRequestTopicProduceDataDefaults,
  type ProduceRequest,
  ProduceRequestDefaults,
  type ProduceResponseBatchIndexAndErrorMessage,
  ProduceResponseBatchIndexAndErrorMessageDefaults,
  type ProduceResponseLeaderIdAndEpoch,
  ProduceResponseLeaderIdAndEpochDefaults,
  type ProduceResponsePartitionProduceResponse,
  ProduceResponsePartitionProduceResponseDefaults,
  type ProduceResponseTopicProduceResponse,
  ProduceResponseTopicProduceResponseDefaults,
  type ProduceResponseNodeEndpoint,
  ProduceResponseNodeEndpointDefaults,
  type ProduceResponse,
  ProduceResponseDefaults,
} from './produce.ts';
export {
  type FetchRequestReplicaState,
  FetchRequestReplicaStateDefaults,
  type FetchRequestFetchPartition,
  FetchRequestFetchPartitionDefaults,
  type FetchRequestFetchTopic,
  FetchRequestFetchTopicDefaults,
  type FetchRequestForgottenTopic,
  FetchRequestForgottenTopicDefaults,
  type FetchRequest,
  FetchRequestDefaults,
  type FetchResponseEpochEndOffset,
  FetchResponseEpochEndOffsetDefaults,
  type FetchResponseLeaderIdAndEpoch,
  FetchResponseLeaderIdAndEpochDefaults,
  type FetchResponseSnapshotId,
  FetchResponseSnapshotIdDefaults,
  type FetchResponseAbortedTransaction,
  type FetchResponsePartitionData,
  FetchResponsePartitionDataDefaults,
  type FetchResponseFetchableTopicResponse,
  FetchResponseFetchableTopicResponseDefaults,
  type FetchResponseNodeEndpoint,
  FetchResponseNodeEndpointDefaults,
  type FetchResponse,
  FetchResponseDefaults,
} from './fetch.ts';
export {
  type ListOffsetsRequestListOffsetsPartition,
  ListOffsetsRequestListOffsetsPartitionDefaults,
  type ListOffsetsRequestListOffsetsTopic,
  type ListOffsetsRequest,
  ListOffsetsRequestDefaults,
  type ListOffsetsResponseListOffsetsPartitionResponse,
  ListOffsetsResponseListOffsetsPartitionResponseDefaults,
  type ListOffsetsResponseListOffsetsTopicResponse,
  type ListOffsetsResponse,
  ListOffsetsResponseDefaults,
} from './list-offsets.ts';
export {
  type MetadataRequestTopic,
  MetadataRequestTopicDefaults,
  type MetadataRequest,
  MetadataRequestDefaults,
  type MetadataResponseBroker,
  MetadataResponseBrokerDefaults,
  type MetadataResponsePartition,
  MetadataResponsePartitionDefaults,
  type MetadataResponseTopic,
  MetadataResponseTopicDefaults,
  type MetadataResponse,
  MetadataResponseDefaults,
} from './metadata.ts';
export {
  type OffsetCommitRequestPartition,
  OffsetCommitRequestPartitionDefaults,
  type OffsetCommitRequestTopic,
  OffsetCommitRequestTopicDefaults,
  type OffsetCommitRequest,
  OffsetCommitRequestDefaults,
  type OffsetCommitResponsePartition,
  type OffsetCommitResponseTopic,
  OffsetCommitResponseTopicDefaults,
  type OffsetCommitResponse,
  OffsetCommitResponseDefaults,
} from './offset-commit.ts';
export {
  type OffsetFetchRequestTopic,
  type OffsetFetchRequestTopics,
  OffsetFetchRequestTopicsDefaults,
  type OffsetFetchRequestGroup,
  OffsetFetchRequestGroupDefaults,
  type OffsetFetchRequest,
  OffsetFetchRequestDefaults,
  type OffsetFetchResponsePartition,
  OffsetFetchResponsePartitionDefaults,
  type OffsetFetchResponseTopic,
  type OffsetFetchResponsePartitions,
  OffsetFetchResponsePartitionsDefaults,
  type OffsetFetchResponseTopics,
  OffsetFetchResponseTopicsDefaults,
  type OffsetFetchResponseGroup,
  OffsetFetchResponseGroupDefaults,
  type OffsetFetchResponse,
  OffsetFetchResponseDefaults,
} from './offset-fetch.ts';
export {
  type FindCoordinatorRequest,
  FindCoordinatorRequestDefaults,
  type FindCoordinatorResponseCoordinator,
  FindCoordinatorResponseCoordinatorDefaults,
  type FindCoordinatorResponse,
  FindCoordinatorResponseDefaults,
} from './find-coordinator.ts';
export {
  type JoinGroupRequestProtocol,
  type JoinGroupRequest,
  JoinGroupRequestDefaults,
  type JoinGroupResponseMember,
  JoinGroupResponseMemberDefaults,
  type JoinGroupResponse,
  JoinGroupResponseDefaults,
} from './join-group.ts';
export {
  type HeartbeatRequest,
  HeartbeatRequestDefaults,
  type HeartbeatResponse,
  HeartbeatResponseDefaults,
} from './heartbeat.ts';
export {
  type LeaveGroupRequestMemberIdentity,
  LeaveGroupRequestMemberIdentityDefaults,
  type LeaveGroupRequest,
  LeaveGroupRequestDefaults,
  type LeaveGroupResponseMemberResponse,
  type LeaveGroupResponse,
  LeaveGroupResponseDefaults,
} from './leave-group.ts';
export {
  type SyncGroupRequestAssignment,
  type SyncGroupRequest,
  SyncGroupRequestDefaults,
  type SyncGroupResponse,
  SyncGroupResponseDefaults,
} from './sync-group.ts';
export {
  type DescribeGroupsRequest,
  DescribeGroupsRequestDefaults,
  type DescribeGroupsResponseDescribedGroupMember,
  DescribeGroupsResponseDescribedGroupMemberDefaults,
  type DescribeGroupsResponseDescribedGroup,
  DescribeGroupsResponseDescribedGroupDefaults,
  type DescribeGroupsResponse,
  DescribeGroupsResponseDefaults,
} from './describe-groups.ts';
export {
  type ListGroupsRequest,
  ListGroupsRequestDefaults,
  type ListGroupsResponseListedGroup,
  ListGroupsResponseListedGroupDefaults,
  type ListGroupsResponse,
  ListGroupsResponseDefaults,
} from './list-groups.ts';
export {
  type SaslHandshakeRequest,
  type SaslHandshakeResponse,
} from './sasl-handshake.ts';
export {
  type ApiVersionsRequest,
  ApiVersionsRequestDefaults,
  type ApiVersionsResponseApiVersion,
  type ApiVersionsResponseSupportedFeatureKey,
  type ApiVersionsResponseFinalizedFeatureKey,
  type ApiVersionsResponse,
  ApiVersionsResponseDefaults,
} from './api-versions.ts';
export {
  type CreateTopicsRequestCreatableReplicaAssignment,
  type CreateTopicsRequestCreatableTopicConfig,
  type CreateTopicsRequestCreatableTopic,
  type CreateTopicsRequest,
  CreateTopicsRequestDefaults,
  type CreateTopicsResponseCreatableTopicConfigs,
  CreateTopicsResponseCreatableTopicConfigsDefaults,
  type CreateTopicsResponseCreatableTopicResult,
  CreateTopicsResponseCreatableTopicResultDefaults,
  type CreateTopicsResponse,
  CreateTopicsResponseDefaults,
} from './create-topics.ts';
export {
  type DeleteTopicsRequestDeleteTopicState,
  DeleteTopicsRequestDeleteTopicStateDefaults,
  type DeleteTopicsRequest,
  DeleteTopicsRequestDefaults,
  type DeleteTopicsResponseDeletableTopicResult,
  DeleteTopicsResponseDeletableTopicResultDefaults,
  type DeleteTopicsResponse,
  DeleteTopicsResponseDefaults,
} from './delete-topics.ts';
export {
  type DeleteRecordsRequestDeleteRecordsPartition,
  type DeleteRecordsRequestDeleteRecordsTopic,
  type DeleteRecordsRequest,
  type DeleteRecordsResponseDeleteRecordsPartitionResult,
  type DeleteRecordsResponseDeleteRecordsTopicResult,
  type DeleteRecordsResponse,
} from './delete-records.ts';
export {
  type InitProducerIdRequest,
  InitProducerIdRequestDefaults,
  type InitProducerIdResponse,
  InitProducerIdResponseDefaults,
} from './init-producer-id.ts';
export {
  type OffsetForLeaderEpochRequestOffsetForLeaderPartition,
  OffsetForLeaderEpochRequestOffsetForLeaderPartitionDefaults,
  type OffsetForLeaderEpochRequestOffsetForLeaderTopic,
  type OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochRequestDefaults,
  type OffsetForLeaderEpochResponseEpochEndOffset,
  OffsetForLeaderEpochResponseEpochEndOffsetDefaults,
  type OffsetForLeaderEpochResponseOffsetForLeaderTopicResult,
  type OffsetForLeaderEpochResponse,
  OffsetForLeaderEpochResponseDefaults,
} from './offset-for-leader-epoch.ts';
export {
  type AddPartitionsToTxnRequestAddPartitionsToTxnTopic,
  type AddPartitionsToTxnRequestAddPartitionsToTxnTransaction,
  AddPartitionsToTxnRequestAddPartitionsToTxnTransactionDefaults,
  type AddPartitionsToTxnRequest,
  AddPartitionsToTxnRequestDefaults,
  type AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult,
  type AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult,
  type AddPartitionsToTxnResponseAddPartitionsToTxnResult,
  type AddPartitionsToTxnResponse,
  AddPartitionsToTxnResponseDefaults,
} from './add-partitions-to-txn.ts';
export {
  type AddOffsetsToTxnRequest,
  type AddOffsetsToTxnResponse,
} from './add-offsets-to-txn.ts';
export {
  type EndTxnRequest,
  type EndTxnResponse,
  EndTxnResponseDefaults,
} from './end-txn.ts';
export {
  type TxnOffsetCommitRequestPartition,
  TxnOffsetCommitRequestPartitionDefaults,
  type TxnOffsetCommitRequestTopic,
  type TxnOffsetCommitRequest,
  TxnOffsetCommitRequestDefaults,
  type TxnOffsetCommitResponsePartition,
  type TxnOffsetCommitResponseTopic,
  type TxnOffsetCommitResponse,
} from './txn-offset-commit.ts';
export {
  type DescribeConfigsRequestDescribeConfigsResource,
  type DescribeConfigsRequest,
  DescribeConfigsRequestDefaults,
  type DescribeConfigsResponseDescribeConfigsSynonym,
  type DescribeConfigsResponseDescribeConfigsResourceResult,
  DescribeConfigsResponseDescribeConfigsResourceResultDefaults,
  type DescribeConfigsResponseDescribeConfigsResult,
  type DescribeConfigsResponse,
} from './describe-configs.ts';
export {
  type AlterConfigsRequestAlterableConfig,
  type AlterConfigsRequestAlterConfigsResource,
  type AlterConfigsRequest,
  type AlterConfigsResponseAlterConfigsResourceResponse,
  type AlterConfigsResponse,
} from './alter-configs.ts';
export {
  type SaslAuthenticateRequest,
  type SaslAuthenticateResponse,
  SaslAuthenticateResponseDefaults,
} from './sasl-authenticate.ts';
export {
  type CreatePartitionsRequestCreatePartitionsAssignment,
  type CreatePartitionsRequestCreatePartitionsTopic,
  type CreatePartitionsRequest,
  type CreatePartitionsResponseCreatePartitionsTopicResult,
  CreatePartitionsResponseCreatePartitionsTopicResultDefaults,
  type CreatePartitionsResponse,
} from './create-partitions.ts';
export {
  type DeleteGroupsRequest,
  type DeleteGroupsResponseDeletableGroupResult,
  type DeleteGroupsResponse,
} from './delete-groups.ts';
export {
  type IncrementalAlterConfigsRequestAlterableConfig,
  type IncrementalAlterConfigsRequestAlterConfigsResource,
  type IncrementalAlterConfigsRequest,
  type IncrementalAlterConfigsResponseAlterConfigsResourceResponse,
  type IncrementalAlterConfigsResponse,
} from './incremental-alter-configs.ts';
export {
  type OffsetDeleteRequestPartition,
  type OffsetDeleteRequestTopic,
  type OffsetDeleteRequest,
  type OffsetDeleteResponsePartition,
  type OffsetDeleteResponseTopic,
  type OffsetDeleteResponse,
  OffsetDeleteResponseDefaults,
} from './offset-delete.ts';
export {
  type DescribeClusterRequest,
  DescribeClusterRequestDefaults,
  type DescribeClusterResponseDescribeClusterBroker,
  DescribeClusterResponseDescribeClusterBrokerDefaults,
  type DescribeClusterResponse,
  DescribeClusterResponseDefaults,
} from './describe-cluster.ts';
export {
  type DescribeTopicPartitionsRequestTopicRequest,
  type DescribeTopicPartitionsRequestCursor,
  type DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsRequestDefaults,
  type DescribeTopicPartitionsResponsePartition,
  DescribeTopicPartitionsResponsePartitionDefaults,
  type DescribeTopicPartitionsResponseTopic,
  DescribeTopicPartitionsResponseTopicDefaults,
  type DescribeTopicPartitionsResponseCursor,
  type DescribeTopicPartitionsResponse,
  DescribeTopicPartitionsResponseDefaults,
} from './describe-topic-partitions.ts';
export {
  type RequestHeader,
  requestHeaderCodec,
} from './request-header.ts';
export {
  type ResponseHeader,
  responseHeaderCodec,
} from './response-header.ts';
export {
  type ConsumerProtocolSubscriptionTopicPartition,
  type ConsumerProtocolSubscription,
  ConsumerProtocolSubscriptionDefaults,
  consumerProtocolSubscriptionCodec,
} from './consumer-protocol-subscription.ts';
export {
  type ConsumerProtocolAssignmentTopicPartition,
  type ConsumerProtocolAssignment,
  ConsumerProtocolAssignmentDefaults,
  consumerProtocolAssignmentCodec,
} from './consumer-protocol-assignment.ts';
export {
  type OffsetCommitKey,
  offsetCommitKeyCodec,
} from './offset-commit-key.ts';
export {
  type OffsetCommitValue,
  OffsetCommitValueDefaults,
  offsetCommitValueCodec,
} from './offset-commit-value.ts';
export {
  type GroupMetadataKey,
  groupMetadataKeyCodec,
} from './group-metadata-key.ts';
export {
  type GroupMetadataValueMemberMetadata,
  GroupMetadataValueMemberMetadataDefaults,
  type GroupMetadataValue,
  GroupMetadataValueDefaults,
  groupMetadataValueCodec,
} from './group-metadata-value.ts';
