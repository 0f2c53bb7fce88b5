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
  type WriteTxnMarkersRequestWritableTxnMarkerTopic,
  type WriteTxnMarkersRequestWritableTxnMarker,
  WriteTxnMarkersRequestWritableTxnMarkerDefaults,
  type WriteTxnMarkersRequest,
  type WriteTxnMarkersResponseWritableTxnMarkerPartitionResult,
  type WriteTxnMarkersResponseWritableTxnMarkerTopicResult,
  type WriteTxnMarkersResponseWritableTxnMarkerResult,
  type WriteTxnMarkersResponse,
} from './write-txn-markers.ts';
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
  type DescribeAclsRequest,
  DescribeAclsRequestDefaults,
  type DescribeAclsResponseAclDescription,
  type DescribeAclsResponseDescribeAclsResource,
  DescribeAclsResponseDescribeAclsResourceDefaults,
  type DescribeAclsResponse,
} from './describe-acls.ts';
export {
  type CreateAclsRequestAclCreation,
  CreateAclsRequestAclCreationDefaults,
  type CreateAclsRequest,
  type CreateAclsResponseAclCreationResult,
  type CreateAclsResponse,
} from './create-acls.ts';
export {
  type DeleteAclsRequestDeleteAclsFilter,
  DeleteAclsRequestDeleteAclsFilterDefaults,
  type DeleteAclsRequest,
  type DeleteAclsResponseDeleteAclsMatchingAcl,
  DeleteAclsResponseDeleteAclsMatchingAclDefaults,
  type DeleteAclsResponseDeleteAclsFilterResult,
  type DeleteAclsResponse,
} from './delete-acls.ts';
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
  type AlterReplicaLogDirsRequestAlterReplicaLogDirTopic,
  type AlterReplicaLogDirsRequestAlterReplicaLogDir,
  type AlterReplicaLogDirsRequest,
  type AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult,
  type AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult,
  type AlterReplicaLogDirsResponse,
} from './alter-replica-log-dirs.ts';
export {
  type DescribeLogDirsRequestDescribableLogDirTopic,
  type DescribeLogDirsRequest,
  type DescribeLogDirsResponseDescribeLogDirsPartition,
  type DescribeLogDirsResponseDescribeLogDirsTopic,
  type DescribeLogDirsResponseDescribeLogDirsResult,
  DescribeLogDirsResponseDescribeLogDirsResultDefaults,
  type DescribeLogDirsResponse,
  DescribeLogDirsResponseDefaults,
} from './describe-log-dirs.ts';
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
  type CreateDelegationTokenRequestCreatableRenewers,
  type CreateDelegationTokenRequest,
  CreateDelegationTokenRequestDefaults,
  type CreateDelegationTokenResponse,
  CreateDelegationTokenResponseDefaults,
} from './create-delegation-token.ts';
export {
  type RenewDelegationTokenRequest,
  type RenewDelegationTokenResponse,
} from './renew-delegation-token.ts';
export {
  type ExpireDelegationTokenRequest,
  type ExpireDelegationTokenResponse,
} from './expire-delegation-token.ts';
export {
  type DescribeDelegationTokenRequestDescribeDelegationTokenOwner,
  type DescribeDelegationTokenRequest,
  type DescribeDelegationTokenResponseDescribedDelegationTokenRenewer,
  type DescribeDelegationTokenResponseDescribedDelegationToken,
  DescribeDelegationTokenResponseDescribedDelegationTokenDefaults,
  type DescribeDelegationTokenResponse,
} from './describe-delegation-token.ts';
export {
  type DeleteGroupsRequest,
  type DeleteGroupsResponseDeletableGroupResult,
  type DeleteGroupsResponse,
} from './delete-groups.ts';
export {
  type ElectLeadersRequestTopicPartitions,
  type ElectLeadersRequest,
  ElectLeadersRequestDefaults,
  type ElectLeadersResponsePartitionResult,
  type ElectLeadersResponseReplicaElectionResult,
  type ElectLeadersResponse,
  ElectLeadersResponseDefaults,
} from './elect-leaders.ts';
export {
  type IncrementalAlterConfigsRequestAlterableConfig,
  type IncrementalAlterConfigsRequestAlterConfigsResource,
  type IncrementalAlterConfigsRequest,
  type IncrementalAlterConfigsResponseAlterConfigsResourceResponse,
  type IncrementalAlterConfigsResponse,
} from './incremental-alter-configs.ts';
export {
  type AlterPartitionReassignmentsRequestReassignablePartition,
  AlterPartitionReassignmentsRequestReassignablePartitionDefaults,
  type AlterPartitionReassignmentsRequestReassignableTopic,
  type AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsRequestDefaults,
  type AlterPartitionReassignmentsResponseReassignablePartitionResponse,
  type AlterPartitionReassignmentsResponseReassignableTopicResponse,
  type AlterPartitionReassignmentsResponse,
  AlterPartitionReassignmentsResponseDefaults,
} from './alter-partition-reassignments.ts';
export {
  type ListPartitionReassignmentsRequestListPartitionReassignmentsTopics,
  type ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsRequestDefaults,
  type ListPartitionReassignmentsResponseOngoingPartitionReassignment,
  type ListPartitionReassignmentsResponseOngoingTopicReassignment,
  type ListPartitionReassignmentsResponse,
} from './list-partition-reassignments.ts';
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
  type DescribeClientQuotasRequestComponentData,
  type DescribeClientQuotasRequest,
  type DescribeClientQuotasResponseEntityData,
  type DescribeClientQuotasResponseValueData,
  type DescribeClientQuotasResponseEntryData,
  type DescribeClientQuotasResponse,
} from './describe-client-quotas.ts';
export {
  type AlterClientQuotasRequestEntityData,
  type AlterClientQuotasRequestOpData,
  type AlterClientQuotasRequestEntryData,
  type AlterClientQuotasRequest,
  type AlterClientQuotasResponseEntityData,
  type AlterClientQuotasResponseEntryData,
  type AlterClientQuotasResponse,
} from './alter-client-quotas.ts';
export {
  type DescribeUserScramCredentialsRequestUserName,
  type DescribeUserScramCredentialsRequest,
  type DescribeUserScramCredentialsResponseCredentialInfo,
  type DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult,
  type DescribeUserScramCredentialsResponse,
} from './describe-user-scram-credentials.ts';
export {
  type AlterUserScramCredentialsRequestScramCredentialDeletion,
  type AlterUserScramCredentialsRequestScramCredentialUpsertion,
  type AlterUserScramCredentialsRequest,
  type AlterUserScramCredentialsResponseAlterUserScramCredentialsResult,
  type AlterUserScramCredentialsResponse,
} from './alter-user-scram-credentials.ts';
export {
  type DescribeQuorumRequestPartitionData,
  type DescribeQuorumRequestTopicData,
  type DescribeQuorumRequest,
  type DescribeQuorumResponseReplicaState,
  DescribeQuorumResponseReplicaStateDefaults,
  type DescribeQuorumResponsePartitionData,
  DescribeQuorumResponsePartitionDataDefaults,
  type DescribeQuorumResponseTopicData,
  type DescribeQuorumResponseListener,
  type DescribeQuorumResponseNode,
  type DescribeQuorumResponse,
  DescribeQuorumResponseDefaults,
} from './describe-quorum.ts';
export {
  type UpdateFeaturesRequestFeatureUpdateKey,
  UpdateFeaturesRequestFeatureUpdateKeyDefaults,
  type UpdateFeaturesRequest,
  UpdateFeaturesRequestDefaults,
  type UpdateFeaturesResponseUpdatableFeatureResult,
  type UpdateFeaturesResponse,
  UpdateFeaturesResponseDefaults,
} from './update-features.ts';
export {
  type DescribeClusterRequest,
  DescribeClusterRequestDefaults,
  type DescribeClusterResponseDescribeClusterBroker,
  DescribeClusterResponseDescribeClusterBrokerDefaults,
  type DescribeClusterResponse,
  DescribeClusterResponseDefaults,
} from './describe-cluster.ts';
export {
  type DescribeProducersRequestTopicRequest,
  type DescribeProducersRequest,
  type DescribeProducersResponseProducerState,
  DescribeProducersResponseProducerStateDefaults,
  type DescribeProducersResponsePartitionResponse,
  DescribeProducersResponsePartitionResponseDefaults,
  type DescribeProducersResponseTopicResponse,
  type DescribeProducersResponse,
} from './describe-producers.ts';
export {
  type UnregisterBrokerRequest,
  type UnregisterBrokerResponse,
} from './unregister-broker.ts';
export {
  type DescribeTransactionsRequest,
  type DescribeTransactionsResponseTopicData,
  type DescribeTransactionsResponseTransactionState,
  type DescribeTransactionsResponse,
} from './describe-transactions.ts';
export {
  type ListTransactionsRequest,
  ListTransactionsRequestDefaults,
  type ListTransactionsResponseTransactionState,
  type ListTransactionsResponse,
} from './list-transactions.ts';
export {
  type ConsumerGroupHeartbeatRequestTopicPartitions,
  type ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatRequestDefaults,
  type ConsumerGroupHeartbeatResponseTopicPartitions,
  type ConsumerGroupHeartbeatResponseAssignment,
  type ConsumerGroupHeartbeatResponse,
  ConsumerGroupHeartbeatResponseDefaults,
} from './consumer-group-heartbeat.ts';
export {
  type ConsumerGroupDescribeRequest,
  type ConsumerGroupDescribeResponseTopicPartitions,
  type ConsumerGroupDescribeResponseAssignment,
  type ConsumerGroupDescribeResponseMember,
  ConsumerGroupDescribeResponseMemberDefaults,
  type ConsumerGroupDescribeResponseDescribedGroup,
  ConsumerGroupDescribeResponseDescribedGroupDefaults,
  type ConsumerGroupDescribeResponse,
} from './consumer-group-describe.ts';
export {
  type GetTelemetrySubscriptionsRequest,
  type GetTelemetrySubscriptionsResponse,
} from './get-telemetry-subscriptions.ts';
export {
  type PushTelemetryRequest,
  type PushTelemetryResponse,
} from './push-telemetry.ts';
export {
  type ListConfigResourcesRequest,
  ListConfigResourcesRequestDefaults,
  type ListConfigResourcesResponseConfigResource,
  ListConfigResourcesResponseConfigResourceDefaults,
  type ListConfigResourcesResponse,
} from './list-config-resources.ts';
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
  type ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatRequestDefaults,
  type ShareGroupHeartbeatResponseTopicPartitions,
  type ShareGroupHeartbeatResponseAssignment,
  type ShareGroupHeartbeatResponse,
  ShareGroupHeartbeatResponseDefaults,
} from './share-group-heartbeat.ts';
export {
  type ShareGroupDescribeRequest,
  type ShareGroupDescribeResponseTopicPartitions,
  type ShareGroupDescribeResponseAssignment,
  type ShareGroupDescribeResponseMember,
  ShareGroupDescribeResponseMemberDefaults,
  type ShareGroupDescribeResponseDescribedGroup,
  ShareGroupDescribeResponseDescribedGroupDefaults,
  type ShareGroupDescribeResponse,
} from './share-group-describe.ts';
export {
  type ShareFetchRequestAcknowledgementBatch,
  type ShareFetchRequestFetchPartition,
  ShareFetchRequestFetchPartitionDefaults,
  type ShareFetchRequestFetchTopic,
  type ShareFetchRequestForgottenTopic,
  type ShareFetchRequest,
  ShareFetchRequestDefaults,
  type ShareFetchResponseLeaderIdAndEpoch,
  type ShareFetchResponseAcquiredRecords,
  type ShareFetchResponsePartitionData,
  ShareFetchResponsePartitionDataDefaults,
  type ShareFetchResponseShareFetchableTopicResponse,
  type ShareFetchResponseNodeEndpoint,
  ShareFetchResponseNodeEndpointDefaults,
  type ShareFetchResponse,
  ShareFetchResponseDefaults,
} from './share-fetch.ts';
export {
  type ShareAcknowledgeRequestAcknowledgementBatch,
  type ShareAcknowledgeRequestAcknowledgePartition,
  type ShareAcknowledgeRequestAcknowledgeTopic,
  type ShareAcknowledgeRequest,
  ShareAcknowledgeRequestDefaults,
  type ShareAcknowledgeResponseLeaderIdAndEpoch,
  type ShareAcknowledgeResponsePartitionData,
  ShareAcknowledgeResponsePartitionDataDefaults,
  type ShareAcknowledgeResponseShareAcknowledgeTopicResponse,
  type ShareAcknowledgeResponseNodeEndpoint,
  ShareAcknowledgeResponseNodeEndpointDefaults,
  type ShareAcknowledgeResponse,
  ShareAcknowledgeResponseDefaults,
} from './share-acknowledge.ts';
export {
  type AddRaftVoterRequestListener,
  type AddRaftVoterRequest,
  AddRaftVoterRequestDefaults,
  type AddRaftVoterResponse,
  AddRaftVoterResponseDefaults,
} from './add-raft-voter.ts';
export {
  type RemoveRaftVoterRequest,
  type RemoveRaftVoterResponse,
  RemoveRaftVoterResponseDefaults,
} from './remove-raft-voter.ts';
export {
  type StreamsGroupHeartbeatRequestKeyValue,
  type StreamsGroupHeartbeatRequestTopicInfo,
  type StreamsGroupHeartbeatRequestCopartitionGroup,
  type StreamsGroupHeartbeatRequestSubtopology,
  type StreamsGroupHeartbeatRequestTopology,
  type StreamsGroupHeartbeatRequestTaskIds,
  type StreamsGroupHeartbeatRequestEndpoint,
  type StreamsGroupHeartbeatRequestTaskOffset,
  type StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatRequestDefaults,
  type StreamsGroupHeartbeatResponseStatus,
  type StreamsGroupHeartbeatResponseTaskIds,
  type StreamsGroupHeartbeatResponseEndpoint,
  type StreamsGroupHeartbeatResponseTopicPartition,
  type StreamsGroupHeartbeatResponseEndpointToPartitions,
  type StreamsGroupHeartbeatResponse,
  StreamsGroupHeartbeatResponseDefaults,
} from './streams-group-heartbeat.ts';
export {
  type StreamsGroupDescribeRequest,
  type StreamsGroupDescribeResponseKeyValue,
  type StreamsGroupDescribeResponseTopicInfo,
  type StreamsGroupDescribeResponseSubtopology,
  type StreamsGroupDescribeResponseTopology,
  StreamsGroupDescribeResponseTopologyDefaults,
  type StreamsGroupDescribeResponseEndpoint,
  type StreamsGroupDescribeResponseTaskOffset,
  type StreamsGroupDescribeResponseTaskIds,
  type StreamsGroupDescribeResponseAssignment,
  type StreamsGroupDescribeResponseMember,
  StreamsGroupDescribeResponseMemberDefaults,
  type StreamsGroupDescribeResponseDescribedGroup,
  StreamsGroupDescribeResponseDescribedGroupDefaults,
  type StreamsGroupDescribeResponse,
} from './streams-group-describe.ts';
export {
  type DescribeShareGroupOffsetsRequestTopic,
  type DescribeShareGroupOffsetsRequestGroup,
  type DescribeShareGroupOffsetsRequest,
  type DescribeShareGroupOffsetsResponsePartition,
  DescribeShareGroupOffsetsResponsePartitionDefaults,
  type DescribeShareGroupOffsetsResponseTopic,
  type DescribeShareGroupOffsetsResponseGroup,
  DescribeShareGroupOffsetsResponseGroupDefaults,
  type DescribeShareGroupOffsetsResponse,
} from './describe-share-group-offsets.ts';
export {
  type AlterShareGroupOffsetsRequestPartition,
  type AlterShareGroupOffsetsRequestTopic,
  type AlterShareGroupOffsetsRequest,
  type AlterShareGroupOffsetsResponsePartition,
  AlterShareGroupOffsetsResponsePartitionDefaults,
  type AlterShareGroupOffsetsResponseTopic,
  type AlterShareGroupOffsetsResponse,
  AlterShareGroupOffsetsResponseDefaults,
} from './alter-share-group-offsets.ts';
export {
  type DeleteShareGroupOffsetsRequestTopic,
  type DeleteShareGroupOffsetsRequest,
  type DeleteShareGroupOffsetsResponseTopic,
  DeleteShareGroupOffsetsResponseTopicDefaults,
  type DeleteShareGroupOffsetsResponse,
  DeleteShareGroupOffsetsResponseDefaults,
} from './delete-share-group-offsets.ts';
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
export {
  type ConsumerGroupMetadataKey,
  consumerGroupMetadataKeyCodec,
} from './consumer-group-metadata-key.ts';
export {
  type ConsumerGroupMetadataValue,
  ConsumerGroupMetadataValueDefaults,
  consumerGroupMetadataValueCodec,
} from './consumer-group-metadata-value.ts';
export {
  type ConsumerGroupPartitionMetadataKey,
  consumerGroupPartitionMetadataKeyCodec,
} from './consumer-group-partition-metadata-key.ts';
export {
  type ConsumerGroupPartitionMetadataValuePartitionMetadata,
  type ConsumerGroupPartitionMetadataValueTopicMetadata,
  type ConsumerGroupPartitionMetadataValue,
  consumerGroupPartitionMetadataValueCodec,
} from './consumer-group-partition-metadata-value.ts';
export {
  type ConsumerGroupMemberMetadataKey,
  consumerGroupMemberMetadataKeyCodec,
} from './consumer-group-member-metadata-key.ts';
export {
  type ConsumerGroupMemberMetadataValueClassicProtocol,
  type ConsumerGroupMemberMetadataValueClassicMemberMetadata,
  type ConsumerGroupMemberMetadataValue,
  ConsumerGroupMemberMetadataValueDefaults,
  consumerGroupMemberMetadataValueCodec,
} from './consumer-group-member-metadata-value.ts';
export {
  type ConsumerGroupTargetAssignmentMetadataKey,
  consumerGroupTargetAssignmentMetadataKeyCodec,
} from './consumer-group-target-assignment-metadata-key.ts';
export {
  type ConsumerGroupTargetAssignmentMetadataValue,
  ConsumerGroupTargetAssignmentMetadataValueDefaults,
  consumerGroupTargetAssignmentMetadataValueCodec,
} from './consumer-group-target-assignment-metadata-value.ts';
export {
  type ConsumerGroupTargetAssignmentMemberKey,
  consumerGroupTargetAssignmentMemberKeyCodec,
} from './consumer-group-target-assignment-member-key.ts';
export {
  type ConsumerGroupTargetAssignmentMemberValueTopicPartition,
  type ConsumerGroupTargetAssignmentMemberValue,
  consumerGroupTargetAssignmentMemberValueCodec,
} from './consumer-group-target-assignment-member-value.ts';
export {
  type ConsumerGroupCurrentMemberAssignmentKey,
  consumerGroupCurrentMemberAssignmentKeyCodec,
} from './consumer-group-current-member-assignment-key.ts';
export {
  type ConsumerGroupCurrentMemberAssignmentValueTopicPartitions,
  ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsDefaults,
  type ConsumerGroupCurrentMemberAssignmentValue,
  consumerGroupCurrentMemberAssignmentValueCodec,
} from './consumer-group-current-member-assignment-value.ts';
export {
  type ConsumerGroupRegularExpressionKey,
  consumerGroupRegularExpressionKeyCodec,
} from './consumer-group-regular-expression-key.ts';
export {
  type ConsumerGroupRegularExpressionValue,
  consumerGroupRegularExpressionValueCodec,
} from './consumer-group-regular-expression-value.ts';
export {
  type ShareGroupMemberMetadataKey,
  shareGroupMemberMetadataKeyCodec,
} from './share-group-member-metadata-key.ts';
export {
  type ShareGroupMemberMetadataValue,
  shareGroupMemberMetadataValueCodec,
} from './share-group-member-metadata-value.ts';
export {
  type ShareGroupMetadataKey,
  shareGroupMetadataKeyCodec,
} from './share-group-metadata-key.ts';
export {
  type ShareGroupMetadataValue,
  shareGroupMetadataValueCodec,
} from './share-group-metadata-value.ts';
export {
  type ShareGroupTargetAssignmentMetadataKey,
  shareGroupTargetAssignmentMetadataKeyCodec,
} from './share-group-target-assignment-metadata-key.ts';
export {
  type ShareGroupTargetAssignmentMetadataValue,
  ShareGroupTargetAssignmentMetadataValueDefaults,
  shareGroupTargetAssignmentMetadataValueCodec,
} from './share-group-target-assignment-metadata-value.ts';
export {
  type ShareGroupTargetAssignmentMemberKey,
  shareGroupTargetAssignmentMemberKeyCodec,
} from './share-group-target-assignment-member-key.ts';
export {
  type ShareGroupTargetAssignmentMemberValueTopicPartition,
  type ShareGroupTargetAssignmentMemberValue,
  shareGroupTargetAssignmentMemberValueCodec,
} from './share-group-target-assignment-member-value.ts';
export {
  type ShareGroupCurrentMemberAssignmentKey,
  shareGroupCurrentMemberAssignmentKeyCodec,
} from './share-group-current-member-assignment-key.ts';
export {
  type ShareGroupCurrentMemberAssignmentValueTopicPartitions,
  type ShareGroupCurrentMemberAssignmentValue,
  shareGroupCurrentMemberAssignmentValueCodec,
} from './share-group-current-member-assignment-value.ts';
export {
  type ShareGroupStatePartitionMetadataKey,
  shareGroupStatePartitionMetadataKeyCodec,
} from './share-group-state-partition-metadata-key.ts';
export {
  type ShareGroupStatePartitionMetadataValueTopicPartitionsInfo,
  type ShareGroupStatePartitionMetadataValueTopicInfo,
  type ShareGroupStatePartitionMetadataValue,
  shareGroupStatePartitionMetadataValueCodec,
} from './share-group-state-partition-metadata-value.ts';
export {
  type StreamsGroupMetadataKey,
  streamsGroupMetadataKeyCodec,
} from './streams-group-metadata-key.ts';
export {
  type StreamsGroupMetadataValueLastAssignmentConfig,
  type StreamsGroupMetadataValue,
  StreamsGroupMetadataValueDefaults,
  streamsGroupMetadataValueCodec,
} from './streams-group-metadata-value.ts';
export {
  type StreamsGroupMemberMetadataKey,
  streamsGroupMemberMetadataKeyCodec,
} from './streams-group-member-metadata-key.ts';
export {
  type StreamsGroupMemberMetadataValueEndpoint,
  type StreamsGroupMemberMetadataValueKeyValue,
  type StreamsGroupMemberMetadataValue,
  StreamsGroupMemberMetadataValueDefaults,
  streamsGroupMemberMetadataValueCodec,
} from './streams-group-member-metadata-value.ts';
export {
  type StreamsGroupTargetAssignmentMetadataKey,
  streamsGroupTargetAssignmentMetadataKeyCodec,
} from './streams-group-target-assignment-metadata-key.ts';
export {
  type StreamsGroupTargetAssignmentMetadataValue,
  StreamsGroupTargetAssignmentMetadataValueDefaults,
  streamsGroupTargetAssignmentMetadataValueCodec,
} from './streams-group-target-assignment-metadata-value.ts';
export {
  type StreamsGroupTargetAssignmentMemberKey,
  streamsGroupTargetAssignmentMemberKeyCodec,
} from './streams-group-target-assignment-member-key.ts';
export {
  type StreamsGroupTargetAssignmentMemberValueTaskIds,
  type StreamsGroupTargetAssignmentMemberValue,
  streamsGroupTargetAssignmentMemberValueCodec,
} from './streams-group-target-assignment-member-value.ts';
export {
  type StreamsGroupCurrentMemberAssignmentKey,
  streamsGroupCurrentMemberAssignmentKeyCodec,
} from './streams-group-current-member-assignment-key.ts';
export {
  type StreamsGroupCurrentMemberAssignmentValueTaskIds,
  StreamsGroupCurrentMemberAssignmentValueTaskIdsDefaults,
  type StreamsGroupCurrentMemberAssignmentValue,
  streamsGroupCurrentMemberAssignmentValueCodec,
} from './streams-group-current-member-assignment-value.ts';
export {
  type StreamsGroupTopologyKey,
  streamsGroupTopologyKeyCodec,
} from './streams-group-topology-key.ts';
export {
  type StreamsGroupTopologyValueTopicConfig,
  type StreamsGroupTopologyValueTopicInfo,
  type StreamsGroupTopologyValueCopartitionGroup,
  type StreamsGroupTopologyValueSubtopology,
  type StreamsGroupTopologyValue,
  streamsGroupTopologyValueCodec,
} from './streams-group-topology-value.ts';
export {
  type ShareSnapshotKey,
  shareSnapshotKeyCodec,
} from './share-snapshot-key.ts';
export {
  type ShareSnapshotValueStateBatch,
  type ShareSnapshotValue,
  ShareSnapshotValueDefaults,
  shareSnapshotValueCodec,
} from './share-snapshot-value.ts';
export {
  type ShareUpdateKey,
  shareUpdateKeyCodec,
} from './share-update-key.ts';
export {
  type ShareUpdateValueStateBatch,
  type ShareUpdateValue,
  ShareUpdateValueDefaults,
  shareUpdateValueCodec,
} from './share-update-value.ts';
export {
  type TransactionLogKey,
  transactionLogKeyCodec,
} from './transaction-log-key.ts';
export {
  type TransactionLogValuePartitionsSchema,
  type TransactionLogValue,
  TransactionLogValueDefaults,
  transactionLogValueCodec,
} from './transaction-log-value.ts';
