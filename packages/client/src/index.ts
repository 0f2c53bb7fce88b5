export type {
  AclBinding,
  AclFilter,
  AclOperation,
  AclPatternType,
  AclPermission,
  AclResourceType,
} from './admin/acl-types.ts';
export { Admin } from './admin/admin.ts';
export type {
  AdminOptions,
  AlterOptions,
  ClusterDescription,
  CreateTopicsOptions,
  DeleteBefore,
  FeatureDescription,
  FeatureUpdate,
  LogDirDescription,
  LogDirPartition,
  LowWatermark,
  NewTopic,
  OffsetSpec,
} from './admin/admin-types.ts';
export type {
  ConfigChange,
  ConfigEntry,
  ConfigResource,
  ConfigSynonym,
  DescribeConfigsOptions,
} from './admin/config-types.ts';
export type {
  GroupDescription,
  GroupListing,
  GroupMemberDescription,
  ListGroupsOptions,
  ShareGroupOffset,
} from './admin/group-types.ts';
export type { LeavingMember } from './admin/groups.ts';
export type {
  QuotaAlteration,
  QuotaDescription,
  QuotaEntity,
  QuotaEntityType,
  QuotaFilter,
} from './admin/quotas.ts';
export type {
  ScramAlterations,
  ScramCredential,
  ScramDeletion,
  ScramMechanism,
  ScramUpsertion,
  ScramUser,
} from './admin/scram-credentials.ts';
export type {
  AbortTransaction,
  ActiveProducer,
  ListTransactionsOptions,
  PartitionProducers,
  TransactionDescription,
  TransactionListing,
} from './admin/transaction-types.ts';
export { Client } from './client.ts';
export type { IsolationLevel, ListedOffset } from './cluster/list-offsets.ts';
export type { PartitionDescription, TopicDescription } from './cluster/topic-description.ts';
export type {
  ClientOptions,
  ClientTuning,
  ClientWire,
  OauthBearerToken,
  SaslOptions,
  SocketFactory,
} from './connection/config.ts';
export { fromKafkaJs, type KafkaJsConfig } from './connection/kafkajs-config.ts';
export { Consumer } from './consumer/consumer.ts';
export type { ConsumerBatch, ConsumerOptions, ConsumerRecord } from './consumer/consumer-options.ts';
export { committedOnly } from './fetcher/aborted-batches.ts';
export { cursorOver } from './fetcher/fetched-cursor.ts';
export { Fetcher, type PollOptions } from './fetcher/fetcher.ts';
export type {
  AbortedTransaction,
  FetchedPartition,
  FetcherOptions,
  OffsetReset,
  SharedBytes,
  StartOffset,
} from './fetcher/fetcher-options.ts';
export type { AssignInput, Assignor, MemberAssignment, MemberSubscription } from './group/assignor.ts';
export { rangeAssignor } from './group/assignors/range.ts';
export { roundRobinAssignor } from './group/assignors/round-robin.ts';
export { cooperativeStickyAssignor } from './group/assignors/sticky.ts';
export type { GroupCloseOptions, GroupMember } from './group/group-member.ts';
export type {
  GroupAssignment,
  GroupListener,
  GroupMemberOptions,
  GroupMembership,
  GroupProtocol,
} from './group/group-options.ts';
export type { CommittedOffset, GroupMetadata, OffsetToCommit } from './group/offsets.ts';
export { compareTopicPartitions, partitionKey, type TopicPartition } from './lib/topic-partition.ts';
export { Producer } from './producer/producer.ts';
export type {
  BatchDelivery,
  Partitioner,
  ProducerOptions,
  ProducerRecord,
  RecordMetadata,
} from './producer/producer-options.ts';
export type { TransactionalProducerOptions } from './transactions/transactional-options.ts';
export { TransactionalProducer } from './transactions/transactional-producer.ts';
