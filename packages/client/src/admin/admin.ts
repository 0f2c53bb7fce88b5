import { MillraceError } from '@millrace/base';
import { DescribeClusterRequestDefaults, ErrorCode } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { type IsolationLevel, type ListedOffset, listOffsets, OFFSET_TIMESTAMP } from '../cluster/list-offsets.ts';
import type { TopicDescription } from '../cluster/topic-description.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import { type CommittedOffset, commitOffsets, fetchOffsets, type OffsetToCommit } from '../group/offsets.ts';
import { retry } from '../lib/backoff.ts';
import { throwIfError } from '../lib/errors.ts';
import type { TopicPartition } from '../lib/topic-partition.ts';
import { abortable } from '../lib/wait.ts';
import type {
  AdminOptions,
  ClusterDescription,
  ConfigChange,
  ConfigEntry,
  ConfigResource,
  CreateTopicsOptions,
  GroupDescription,
  GroupListing,
  NewTopic,
  OffsetSpec,
} from './admin-types.ts';
import { describeConfigs, incrementalAlterConfigs } from './configs.ts';
import { type DeleteBefore, deleteRecords } from './delete-records.ts';
import { deleteGroup, describeGroup, listGroups } from './groups.ts';
import { createPartitions, createTopics, deleteTopics, describeTopics } from './topics.ts';

/** What the broker takes for a commit from outside of a group. */
const OUTSIDE_OF_GROUP = { generation: -1, memberId: '', groupInstanceId: null };

/**
 * Topics, configs, groups and offsets of a cluster. What may pass is tried again until the time is over; the error
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
  async createPartitions(topic: string, totalCount: number, options: AdminOptions = {}): Promise<void> {
    await this.#unlessMissing(options, () => createPartitions(this.#cluster, topic, totalCount));
    await this.#retry(options, async () => {
      const { partitions } = await this.#awaitFresh(topic, options);
      const isThere = partitions.length >= totalCount;
      throwIfError(isThere ? ErrorCode.NONE : ErrorCode.LEADER_NOT_AVAILABLE, `adding partitions to '${topic}'`);
    });
  }

  /** Drops all records before these offsets; −1 stands for the end of the partition. */
  async deleteRecords(beforeOffsets: readonly DeleteBefore[], options: AdminOptions = {}): Promise<void> {
    await this.#retry(options, () => deleteRecords(this.#cluster, beforeOffsets));
  }

  async describeConfigs(resource: ConfigResource, options: AdminOptions = {}): Promise<readonly ConfigEntry[]> {
    return await this.#unlessMissing(options, () => describeConfigs(this.#cluster, resource));
  }

  async incrementalAlterConfigs(
    resource: ConfigResource,
    changes: readonly ConfigChange[],
    options: AdminOptions = {},
  ): Promise<void> {
    await this.#unlessMissing(options, () => incrementalAlterConfigs(this.#cluster, resource, changes));
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

  async listGroups(options: AdminOptions = {}): Promise<readonly GroupListing[]> {
    return await this.#retry(options, () => listGroups(this.#cluster));
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

  async describeCluster(options: AdminOptions = {}): Promise<ClusterDescription> {
    return await this.#retry(options, async () => {
      const link = await this.#cluster.anyLink();
      const answer = await link.call('DescribeCluster', {
        ...DescribeClusterRequestDefaults,
        includeClusterAuthorizedOperations: false,
      });
      throwIfError(answer.errorCode, 'describing the cluster', {}, answer.errorMessage);
      return {
        clusterId: answer.clusterId,
        controllerId: answer.controllerId,
        nodes: answer.brokers.map(({ brokerId, host, port, rack }) => ({ nodeId: brokerId, host, port, rack })),
      };
    });
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
