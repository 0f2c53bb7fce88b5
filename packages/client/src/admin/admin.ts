import { MillraceError } from '@millrace/base';
import { ErrorCode } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { type IsolationLevel, type ListedOffset, listOffsets, OFFSET_TIMESTAMP } from '../cluster/list-offsets.ts';
import type { TopicDescription } from '../cluster/topic-description.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import { type CommittedOffset, commitOffsets, fetchOffsets, type OffsetToCommit } from '../group/offsets.ts';
import { retry } from '../lib/backoff.ts';
import { throwIfError } from '../lib/errors.ts';
import type { TopicPartition } from '../lib/topic-partition.ts';
import { abortable } from '../lib/wait.ts';
import type { AclBinding, AclFilter } from './acl-types.ts';
import { createAcls, deleteAcls, describeAcls } from './acls.ts';
import type {
  AdminOptions,
  AlterOptions,
  ClusterDescription,
  CreateTopicsOptions,
  DeleteBefore,
  FeatureDescription,
  FeatureUpdate,
  LogDirDescription,
  LowWatermark,
  NewTopic,
  OffsetSpec,
} from './admin-types.ts';
import { describeCluster, describeFeatures, describeLogDirs, updateFeatures } from './cluster.ts';
import type { ConfigChange, ConfigEntry, ConfigResource, DescribeConfigsOptions } from './config-types.ts';
import { describeConfigs, incrementalAlterConfigs, listConfigResources, replaceConfigs } from './configs.ts';
import { deleteRecords } from './delete-records.ts';
import type { GroupDescription, GroupListing, ListGroupsOptions, ShareGroupOffset } from './group-types.ts';
import {
  deleteGroup,
  deleteGroupOffsets,
  describeGroup,
  type LeavingMember,
  listGroups,
  removeMembers,
} from './groups.ts';
import {
  alterQuotas,
  describeQuotas,
  type QuotaAlteration,
  type QuotaDescription,
  type QuotaFilter,
} from './quotas.ts';
import {
  alterScramCredentials,
  describeScramCredentials,
  type ScramAlterations,
  type ScramUser,
} from './scram-credentials.ts';
import { alterShareGroupOffsets, deleteShareGroupOffsets, listShareGroupOffsets } from './share-groups.ts';
import { createPartitions, createTopics, deleteTopics, describeTopics } from './topics.ts';
import type {
  AbortTransaction,
  ListTransactionsOptions,
  PartitionProducers,
  TransactionDescription,
  TransactionListing,
} from './transaction-types.ts';
import { abortTransaction, describeProducers, describeTransaction, listTransactions } from './transactions.ts';

/** What the broker takes for a commit from outside of a group. */
const OUTSIDE_OF_GROUP = { generation: -1, memberId: '', groupInstanceId: null };

/**
 * Everything about a cluster but its records: topics, configs, groups and offsets, transactions, access rules, quotas,
 * credentials, nodes. What may pass is tried again until the time is over; the error
 * then thrown is a MillraceError with Kafka's name of the failure as its code.
 */
export class Admin {
  readonly #cluster: Cluster;

  /** Made by {@link Client}. */
  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Creates topics and waits until each has leaders. @throws `TOPIC_ALREADY_EXISTS` unless that is ignored. */
  async createTopics(topics: readonly NewTopic[], options: CreateTopicsOptions = {}): Promise<void> {
    await this.#retry(options, () => createTopics(this.#cluster, topics, options));
    if (options.validateOnly === true) return;
    await Promise.all(topics.map(({ name }) => this.#awaitFresh(name, options)));
  }

  async deleteTopics(names: readonly string[], options: AdminOptions = {}): Promise<void> {
    await this.#unlessMissing(options, () => deleteTopics(this.#cluster, names));
  }

  async listTopics(options: AdminOptions = {}): Promise<readonly TopicDescription[]> {
    return await this.#retry(options, () => describeTopics(this.#cluster, null));
  }

  /** @throws `UNKNOWN_TOPIC_OR_PARTITION` for a name that does not exist, at once. */
  async describeTopics(names: readonly string[], options: AdminOptions = {}): Promise<readonly TopicDescription[]> {
    return await this.#unlessMissing(options, () => describeTopics(this.#cluster, names));
  }

  /** Raises the number of partitions of a topic, and waits until the new ones have leaders. */
  async createPartitions(topic: string, totalCount: number, options: AlterOptions = {}): Promise<void> {
    await this.#unlessMissing(options, () => createPartitions(this.#cluster, topic, totalCount, options));
    if (options.validateOnly === true) return;
    await this.#retry(options, async () => {
      const { partitions } = await this.#awaitFresh(topic, options);
      const isThere = partitions.length >= totalCount;
      throwIfError(isThere ? ErrorCode.NONE : ErrorCode.LEADER_NOT_AVAILABLE, `adding partitions to '${topic}'`);
    });
  }

  /** Drops all records before these offsets; −1 stands for the end of the partition. */
  async deleteRecords(
    beforeOffsets: readonly DeleteBefore[],
    options: AdminOptions = {},
  ): Promise<readonly LowWatermark[]> {
    return await this.#unlessMissing(options, () => deleteRecords(this.#cluster, beforeOffsets));
  }

  async describeConfigs(
    resource: ConfigResource,
    options: AdminOptions & DescribeConfigsOptions = {},
  ): Promise<readonly ConfigEntry[]> {
    return await this.#unlessMissing(options, () => describeConfigs(this.#cluster, resource, options));
  }

  /** The resources of a type that have a configuration of their own. */
  async listConfigResources(
    type: ConfigResource['type'],
    options: AdminOptions = {},
  ): Promise<readonly ConfigResource[]> {
    return await this.#retry(options, () => listConfigResources(this.#cluster, type));
  }

  /** Changes what is named and leaves the rest (KIP-339). */
  async incrementalAlterConfigs(
    resource: ConfigResource,
    changes: readonly ConfigChange[],
    options: AlterOptions = {},
  ): Promise<void> {
    await this.#unlessMissing(options, () => incrementalAlterConfigs(this.#cluster, resource, changes, options));
  }

  /** Replaces the whole configuration: what is not named falls back to its default. */
  async alterConfigs(
    resource: ConfigResource,
    configs: Readonly<Record<string, string>>,
    options: AlterOptions = {},
  ): Promise<void> {
    await this.#unlessMissing(options, () => replaceConfigs(this.#cluster, resource, configs, options));
  }

  async listOffsets(
    partitions: readonly TopicPartition[],
    spec: OffsetSpec,
    options: AdminOptions & { readonly isolationLevel?: IsolationLevel } = {},
  ): Promise<readonly ListedOffset[]> {
    const timestamp = typeof spec === 'string' ? OFFSET_TIMESTAMP[spec] : spec.timestamp;
    const lookups = partitions.map(({ topic, partition }) => ({ topic, partition, timestamp }));
    const isolationLevel = options.isolationLevel ?? 'read_uncommitted';
    return await this.#retry(options, () => listOffsets(this.#cluster, lookups, isolationLevel, options.signal));
  }

  async listGroups(options: AdminOptions & ListGroupsOptions = {}): Promise<readonly GroupListing[]> {
    return await this.#retry(options, () => listGroups(this.#cluster, options));
  }

  async describeGroups(groupIds: readonly string[], options: AdminOptions = {}): Promise<readonly GroupDescription[]> {
    return await Promise.all(
      groupIds.map((groupId) => this.#retry(options, () => describeGroup(this.#cluster, groupId))),
    );
  }

  /** @throws `NON_EMPTY_GROUP`, `GROUP_ID_NOT_FOUND`. */
  async deleteGroups(groupIds: readonly string[], options: AdminOptions = {}): Promise<void> {
    await Promise.all(groupIds.map((groupId) => this.#retry(options, () => deleteGroup(this.#cluster, groupId))));
  }

  /** All committed offsets of a group, or those of the given partitions. */
  async listGroupOffsets(
    groupId: string,
    options: AdminOptions & { readonly partitions?: readonly TopicPartition[] } = {},
  ): Promise<readonly CommittedOffset[]> {
    const partitions = options.partitions ?? null;
    return await this.#retry(options, () =>
      withCoordinator(this.#cluster, groupId, undefined, (link) => fetchOffsets(link, groupId, partitions)),
    );
  }

  /** Sets offsets of a group that has no members now. @throws `UNKNOWN_MEMBER_ID` when it has some. */
  async alterGroupOffsets(
    groupId: string,
    offsets: readonly OffsetToCommit[],
    options: AdminOptions = {},
  ): Promise<void> {
    const committer = { groupId, ...OUTSIDE_OF_GROUP };
    await this.#retry(options, () =>
      withCoordinator(this.#cluster, groupId, undefined, (link) => commitOffsets(link, committer, offsets)),
    );
  }

  /** @throws `GROUP_SUBSCRIBED_TO_TOPIC` for topics that members of the group read now. */
  async deleteGroupOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options: AdminOptions = {},
  ): Promise<void> {
    await this.#unlessMissing(options, () => deleteGroupOffsets(this.#cluster, groupId, partitions));
  }

  /** How far a share group (KIP-932) has come, in all partitions that it reads or has read. */
  async listShareGroupOffsets(groupId: string, options: AdminOptions = {}): Promise<readonly ShareGroupOffset[]> {
    return await this.#retry(options, () => listShareGroupOffsets(this.#cluster, groupId));
  }

  /** Lets a share group that has no members now begin to read elsewhere. @throws `NON_EMPTY_GROUP` when it has some. */
  async alterShareGroupOffsets(
    groupId: string,
    offsets: readonly (TopicPartition & { readonly offset: number })[],
    options: AdminOptions = {},
  ): Promise<void> {
    await this.#retry(options, () => alterShareGroupOffsets(this.#cluster, groupId, offsets));
  }

  /** Lets a share group that has no members now forget topics. @throws `NON_EMPTY_GROUP` when it has some. */
  async deleteShareGroupOffsets(groupId: string, topics: readonly string[], options: AdminOptions = {}): Promise<void> {
    await this.#unlessMissing(options, () => deleteShareGroupOffsets(this.#cluster, groupId, topics));
  }

  /** Takes members out of a classic group, static ones too. @throws `UNKNOWN_MEMBER_ID`. */
  async removeGroupMembers(
    groupId: string,
    members: readonly LeavingMember[],
    options: AdminOptions = {},
  ): Promise<void> {
    await this.#retry(options, () => removeMembers(this.#cluster, groupId, members));
  }

  async listTransactions(options: AdminOptions & ListTransactionsOptions = {}): Promise<readonly TransactionListing[]> {
    return await this.#retry(options, () => listTransactions(this.#cluster, options));
  }

  /** @throws `TRANSACTIONAL_ID_NOT_FOUND`. */
  async describeTransactions(
    transactionalIds: readonly string[],
    options: AdminOptions = {},
  ): Promise<readonly TransactionDescription[]> {
    return await Promise.all(
      transactionalIds.map((id) => this.#retry(options, () => describeTransaction(this.#cluster, id))),
    );
  }

  /** Ends a transaction in one partition, whatever its coordinator says: for those that hang (KIP-664). */
  async abortTransaction(transaction: AbortTransaction, options: AdminOptions = {}): Promise<void> {
    await this.#retry(options, () => abortTransaction(this.#cluster, transaction));
  }

  /** Which producers write to these partitions, and where their open transactions begin. */
  async describeProducers(
    partitions: readonly TopicPartition[],
    options: AdminOptions = {},
  ): Promise<readonly PartitionProducers[]> {
    return await this.#unlessMissing(options, () => describeProducers(this.#cluster, partitions));
  }

  /** The rules that match; all without a filter. @throws `SECURITY_DISABLED` where the broker has no authorizer. */
  async describeAcls(filter: AclFilter = {}, options: AdminOptions = {}): Promise<readonly AclBinding[]> {
    return await this.#retry(options, () => describeAcls(this.#cluster, filter));
  }

  async createAcls(bindings: readonly AclBinding[], options: AdminOptions = {}): Promise<void> {
    await this.#retry(options, () => createAcls(this.#cluster, bindings));
  }

  /** Deletes the rules that match any of the filters, and answers them. */
  async deleteAcls(filters: readonly AclFilter[], options: AdminOptions = {}): Promise<readonly AclBinding[]> {
    return await this.#retry(options, () => deleteAcls(this.#cluster, filters));
  }

  async describeClientQuotas(
    filter: QuotaFilter = {},
    options: AdminOptions = {},
  ): Promise<readonly QuotaDescription[]> {
    return await this.#retry(options, () => describeQuotas(this.#cluster, filter));
  }

  async alterClientQuotas(alterations: readonly QuotaAlteration[], options: AlterOptions = {}): Promise<void> {
    await this.#retry(options, () => alterQuotas(this.#cluster, alterations, options));
  }

  /** Who has SCRAM credentials, never the secrets themselves; users without any are left out. */
  async describeScramCredentials(
    users: readonly string[] | null = null,
    options: AdminOptions = {},
  ): Promise<readonly ScramUser[]> {
    return await this.#retry(options, () => describeScramCredentials(this.#cluster, users));
  }

  async alterScramCredentials(alterations: ScramAlterations, options: AdminOptions = {}): Promise<void> {
    await this.#retry(options, () => alterScramCredentials(this.#cluster, alterations));
  }

  async describeCluster(options: AdminOptions = {}): Promise<ClusterDescription> {
    return await this.#retry(options, () => describeCluster(this.#cluster));
  }

  async describeFeatures(options: AdminOptions = {}): Promise<readonly FeatureDescription[]> {
    return await this.#retry(options, () => describeFeatures(this.#cluster));
  }

  async updateFeatures(updates: readonly FeatureUpdate[], options: AlterOptions = {}): Promise<void> {
    await this.#retry(options, () => updateFeatures(this.#cluster, updates, options));
  }

  /** The data folders of brokers, and what each partition takes there. */
  async describeLogDirs(
    options: AdminOptions & { readonly nodeIds?: readonly number[]; readonly topics?: readonly string[] } = {},
  ): Promise<readonly LogDirDescription[]> {
    return await this.#retry(options, () => describeLogDirs(this.#cluster, options));
  }

  /** The topic as the cluster sees it now, not as it was remembered. */
  #awaitFresh(name: string, options: AdminOptions): Promise<TopicDescription> {
    this.#cluster.forgetTopic(name);
    return this.#cluster.awaitTopic(name, { timeoutMs: options.timeoutMs, signal: options.signal });
  }

  #retry<T>(options: AdminOptions, attempt: () => Promise<T>): Promise<T> {
    const { settings } = this.#cluster;
    const timeoutMs = options.timeoutMs ?? settings.retryTimeoutMs;
    return retry({ ...settings, timeoutMs, signal: options.signal }, () => abortable(attempt(), options.signal));
  }

  /** For calls that name what should exist: a missing topic is an answer, not something to wait for. */
  #unlessMissing<T>(options: AdminOptions, attempt: () => Promise<T>): Promise<T> {
    let failure: unknown;
    return this.#retry(options, async () => {
      try {
        return { value: await attempt() };
      } catch (thrown) {
        if (!isUnknownTopic(thrown)) throw thrown;
        failure = thrown;
        return undefined;
      }
    }).then((result) => {
      if (result === undefined) throw failure;
      return result.value;
    });
  }
}

function isUnknownTopic(thrown: unknown): boolean {
  return thrown instanceof MillraceError && thrown.code === 'UNKNOWN_TOPIC_OR_PARTITION';
}
