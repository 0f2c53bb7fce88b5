import { MillraceError } from '@millrace/base';
import type { TopicDescription } from '../cluster/topic-description.ts';
import type { CommittedOffset, OffsetToCommit } from '../group/group-member.ts';
import type { TopicPartition } from '../lib/topic-partition.ts';
import type {
  AdminOptions,
  ClusterDescription,
  ConfigChange,
  ConfigEntry,
  ConfigResource,
  CreateTopicsOptions,
  GroupDescription,
  GroupListing,
  ListedOffset,
  NewTopic,
  OffsetSpec,
} from './admin-types.ts';

/** Topics, configs, groups and offsets of a cluster. Every call throws MillraceError with Kafka's name of the error as code. */
export class Admin {
  /** Creates topics and waits until each has leaders. */
  createTopics(topics: readonly NewTopic[], options: CreateTopicsOptions = {}): Promise<void> {
    return notYet(topics, options);
  }

  deleteTopics(names: readonly string[], options: AdminOptions = {}): Promise<void> {
    return notYet(names, options);
  }

  listTopics(options: AdminOptions = {}): Promise<readonly TopicDescription[]> {
    return notYet(options);
  }

  /** @throws `UNKNOWN_TOPIC_OR_PARTITION` for a name that does not exist. */
  describeTopics(names: readonly string[], options: AdminOptions = {}): Promise<readonly TopicDescription[]> {
    return notYet(names, options);
  }

  createPartitions(topic: string, totalCount: number, options: AdminOptions = {}): Promise<void> {
    return notYet(topic, totalCount, options);
  }

  deleteRecords(
    beforeOffsets: readonly (TopicPartition & { readonly offset: number })[],
    options: AdminOptions = {},
  ): Promise<void> {
    return notYet(beforeOffsets, options);
  }

  describeConfigs(resource: ConfigResource, options: AdminOptions = {}): Promise<readonly ConfigEntry[]> {
    return notYet(resource, options);
  }

  incrementalAlterConfigs(
    resource: ConfigResource,
    changes: readonly ConfigChange[],
    options: AdminOptions = {},
  ): Promise<void> {
    return notYet(resource, changes, options);
  }

  listOffsets(
    partitions: readonly TopicPartition[],
    spec: OffsetSpec,
    options: AdminOptions & { readonly isolationLevel?: 'read_uncommitted' | 'read_committed' } = {},
  ): Promise<readonly ListedOffset[]> {
    return notYet(partitions, spec, options);
  }

  listGroups(options: AdminOptions = {}): Promise<readonly GroupListing[]> {
    return notYet(options);
  }

  describeGroups(groupIds: readonly string[], options: AdminOptions = {}): Promise<readonly GroupDescription[]> {
    return notYet(groupIds, options);
  }

  deleteGroups(groupIds: readonly string[], options: AdminOptions = {}): Promise<void> {
    return notYet(groupIds, options);
  }

  /** All committed offsets of a group, or those of the given partitions. */
  listGroupOffsets(
    groupId: string,
    options: AdminOptions & { readonly partitions?: readonly TopicPartition[] } = {},
  ): Promise<readonly CommittedOffset[]> {
    return notYet(groupId, options);
  }

  /** Sets offsets of a group that has no members now. */
  alterGroupOffsets(groupId: string, offsets: readonly OffsetToCommit[], options: AdminOptions = {}): Promise<void> {
    return notYet(groupId, offsets, options);
  }

  describeCluster(options: AdminOptions = {}): Promise<ClusterDescription> {
    return notYet(options);
  }
}

function notYet(...ignored: readonly unknown[]): Promise<never> {
  void ignored;
  return Promise.reject(new MillraceError('NOT_IMPLEMENTED', 'not built yet'));
}
