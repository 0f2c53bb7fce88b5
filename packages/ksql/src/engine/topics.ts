import { MillraceError } from '@millrace/base';
import type { Admin, AdminOptions } from '@millrace/client';
import { KsqlException } from '../lib/ksql-exception.ts';

/** What a statement says of a topic; null: nothing. */
export type TopicWish = {
  readonly name: string;
  readonly partitions: number | null;
  readonly replicas: number | null;
  /** Kafka's names; counts only where the topic is made. */
  readonly configs: Readonly<Record<string, string>>;
};

export type TopicReaders = { readonly consumerCount: number; readonly consumerGroupCount: number };

const RETENTION_MS = 'retention.ms';
const NOBODY: TopicReaders = { consumerCount: 0, consumerGroupCount: 0 };

export type TopicShape = { readonly partitions: number; readonly replicas: number };

/** The topic of a new source as it will be; null where the statement leaves it open. */
export type TopicSettings = {
  readonly name: string;
  readonly partitions: number | null;
  readonly replicas: number | null;
  readonly cleanupPolicy: string;
  readonly retentionMs: number | null;
};

type Limits = { readonly signal?: AbortSignal | undefined };

/** Topics of sources and sinks. Waits end with the client's `retryTimeoutMs`. */
export class Topics {
  readonly #admin: Admin;

  constructor(admin: Admin) {
    this.#admin = admin;
  }

  /** Null where there is no such topic. */
  async describe(name: string, limits: Limits = {}): Promise<TopicShape | null> {
    try {
      const [topic] = await this.#admin.describeTopics([name], adminOptions(limits));
      if (topic === undefined) return null;
      return { partitions: topic.partitions.length, replicas: topic.partitions[0]?.replicas.length ?? 1 };
    } catch (thrown) {
      if (thrown instanceof MillraceError && thrown.code === 'UNKNOWN_TOPIC_OR_PARTITION') return null;
      throw thrown;
    }
  }

  /** How long its records are kept; negative: for ever. Null where the brokers do not tell. */
  async retentionMs(name: string, limits: Limits = {}): Promise<number | null> {
    const names = [RETENTION_MS];
    const [config] = await this.#admin.describeConfigs({ type: 'topic', name }, { names, ...adminOptions(limits) });
    return config?.value == null ? null : Number(config.value);
  }

  /**
   * Makes the topic, shaped after `model` where the statement says nothing. One that is there is used as it is.
   * @throws KsqlException where it is there and the statement asks for another shape.
   */
  async ensure(wish: TopicWish, model: TopicShape | null, limits: Limits = {}): Promise<void> {
    const existing = await this.describe(wish.name, limits);
    if (existing !== null) return refuseOtherShape(wish, existing);
    const { name, configs } = wish;
    const partitionCount = wish.partitions ?? model?.partitions ?? -1;
    const replicationFactor = wish.replicas ?? model?.replicas ?? -1;
    // Another engine may have made it since we looked.
    await this.#admin.createTopics([{ name, partitionCount, replicationFactor, configs }], {
      ...adminOptions(limits),
      ignoreExisting: true,
    });
  }

  async list(limits: Limits = {}): Promise<ReadonlyMap<string, readonly number[]>> {
    const topics = await this.#admin.listTopics(adminOptions(limits));
    return new Map(topics.map(({ name, partitions }) => [name, partitions.map(({ replicas }) => replicas.length)]));
  }

  /** Who reads the topics, as far as groups tell. */
  async readers(limits: Limits = {}): Promise<ReadonlyMap<string, TopicReaders>> {
    const options = adminOptions(limits);
    const groups = await this.#admin.listGroups(options);
    const described = await this.#admin.describeGroups(
      groups.map(({ groupId }) => groupId),
      options,
    );
    const readers = new Map<string, TopicReaders>();
    for (const { members } of described) {
      const counts = new Map<string, number>();
      for (const { assignment } of members) {
        for (const topic of new Set(assignment.map((each) => each.topic))) {
          counts.set(topic, (counts.get(topic) ?? 0) + 1);
        }
      }
      for (const [topic, count] of counts) {
        const { consumerCount, consumerGroupCount } = readers.get(topic) ?? NOBODY;
        readers.set(topic, { consumerCount: consumerCount + count, consumerGroupCount: consumerGroupCount + 1 });
      }
    }
    return readers;
  }

  /** Nothing happens where they are not there. */
  async delete(names: readonly string[], limits: Limits = {}): Promise<void> {
    const existing = await this.list(limits);
    const present = names.filter((name) => existing.has(name));
    if (present.length > 0) await this.#admin.deleteTopics(present, adminOptions(limits));
  }
}

function refuseOtherShape({ name, partitions, replicas }: TopicWish, existing: TopicShape): void {
  const wanted = { partitions: partitions ?? existing.partitions, replicas: replicas ?? existing.replicas };
  if (wanted.partitions === existing.partitions && wanted.replicas === existing.replicas) return;
  throw new KsqlException(
    `A Kafka topic with the name '${name}' already exists, with different partition/replica configuration than ` +
      `required. KSQL expects ${wanted.partitions} partitions (topic has ${existing.partitions}), and ` +
      `${wanted.replicas} replication factor (topic has ${existing.replicas}).`,
  );
}

function adminOptions({ signal }: Limits): AdminOptions {
  return signal === undefined ? {} : { signal };
}
