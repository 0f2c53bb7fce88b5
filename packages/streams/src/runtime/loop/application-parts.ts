import { MillraceError } from '@millrace/base';
import type { Client, Fetcher } from '@millrace/client';
import { ChangelogFollower } from '../../state/changelog-follower.ts';
import type { CacheMemory } from '../../state/layers/cache-memory.ts';
import type { RecentMemory } from '../../state/layers/recent-segments.ts';
import { ChangelogRestorer } from '../../state/restore.ts';
import { contextWithoutRecord } from '../../task/handlers.ts';
import type { Topology } from '../../topology/topology.ts';
import { streamsAssignor } from '../assignment/streams-assignor.ts';
import type { SubscriptionData } from '../assignment/user-data.ts';
import type { RuntimeConfig } from '../config/options.ts';
import { changelogSizes } from '../layout/changelog-sizes.ts';
import { ensureInternalTopics, internalTopicsOf, partitionCounts } from '../layout/internal-topics.ts';
import type { TopicNames } from '../layout/topic-names.ts';
import type { TopologyLayout } from '../layout/topology-layout.ts';
import { AtLeastOnceProducer } from '../output/at-least-once-producer.ts';
import { ExactlyOnceProducer } from '../output/exactly-once-producer.ts';
import { Output } from '../output/output.ts';
import type { DeliveryListener, StreamsProducer } from '../output/streams-producer.ts';
import { GlobalStores } from '../tasks/global-stores.ts';
import { StandbyTasks } from '../tasks/standby-tasks.ts';
import type { StateDirectory } from '../tasks/state-directory.ts';
import { TaskFactory } from '../tasks/task-factory.ts';
import { TaskManager } from '../tasks/task-manager.ts';
import { Committer } from './committer.ts';
import { GroupSession } from './group-session.ts';
import { PatternSubscription } from './pattern-subscription.ts';
import { TopicCounts } from './topic-counts.ts';

export type ApplicationOptions = {
  readonly topology: Topology;
  readonly layout: TopologyLayout;
  readonly names: TopicNames;
  readonly config: RuntimeConfig;
  readonly client: Client;
  readonly cache: CacheMemory | null;
  readonly recent: RecentMemory;
  readonly stateDirectory: StateDirectory;
  readonly threadName: string;
  /** Counts the threads of this instance, from 1. */
  readonly threadNumber: number;
  /** Called when tasks are being shared out, and when all that is assigned can process. */
  readonly onChange: () => void;
};

/** Who reads what: the tasks' inputs, changelogs up to their end, changelogs for as long as a copy lives. */
export type Fetchers = { readonly input: Fetcher; readonly restore: Fetcher; readonly standby: Fetcher };

/** What one application on one thread is made of. */
export type ApplicationParts = {
  readonly output: Output;
  readonly fetchers: Fetchers;
  readonly session: GroupSession;
  readonly subscription: PatternSubscription;
  readonly tasks: TaskManager;
  readonly standbys: StandbyTasks;
  readonly committer: Committer;
  readonly restorer: ChangelogRestorer;
  readonly globals: GlobalStores;
  readonly topics: TopicCounts;
};

/** What the parts ask of the loop that drives them. */
export type LoopHooks = {
  /** What this member tells the group when it joins. */
  readonly userData: () => SubscriptionData;
  /** Something is to be done, while the loop may be waiting for records. */
  readonly wake: () => void;
};

/** Makes the parts, and lets each know those that it needs. */
export function applicationParts(options: ApplicationOptions, hooks: LoopHooks): ApplicationParts {
  const { client, config, layout } = options;
  const { admin } = client;
  const fetchers = createFetchers(options);
  const session = createSession(options, hooks);
  const { member } = session;
  const subscription = new PatternSubscription({
    ...config,
    layout,
    listTopics: async () => (await partitionCounts(admin)).keys(),
    subscribe: (topics) => member.subscribe(topics),
    maxAgeMs: config.metadataMaxAgeMs,
  });
  const topics = new TopicCounts();
  const output = new Output({
    client,
    createProducer: (onDelivery) => createProducer(options, session, onDelivery),
    retries: (error, topic) => retriesUndelivered(config, error, topic),
    onProduced: (topic, recordCount) => topics.produced(topic, recordCount),
  });
  const restorer = new ChangelogRestorer({ fetcher: fetchers.restore, admin, listener: config.restoreListener });
  const follower = new ChangelogFollower({ fetcher: fetchers.standby, admin, listener: config.standbyUpdateListener });
  const globals = new GlobalStores({ ...options, output });
  const factory = new TaskFactory({ ...options, member, output, globals });
  const { bufferedRecordsPerPartition, repartitionPurgeIntervalMs: purgeIntervalMs } = config;
  const tasks = new TaskManager({
    ...config,
    factory,
    fetcher: fetchers.input,
    restorer,
    bufferedRecordsPerPartition,
    wake: hooks.wake,
  });
  const standbys = new StandbyTasks({ ...config, factory, follower, member, admin });
  const { repartitionTopics } = layout;
  const committer = new Committer({ ...config, output, admin, repartitionTopics, purgeIntervalMs });
  return { output, fetchers, session, subscription, tasks, standbys, committer, restorer, globals, topics };
}

function createFetchers({ client, config }: ApplicationOptions): Fetchers {
  const { isolationLevel, autoOffsetReset: offsetReset } = config;
  return {
    input: client.fetcher({ offsetReset, isolationLevel, shared: true }),
    restore: client.fetcher({ offsetReset: 'earliest', isolationLevel }),
    standby: client.fetcher({ offsetReset: 'earliest', isolationLevel }),
  };
}

function createSession(options: ApplicationOptions, { userData, wake }: LoopHooks): GroupSession {
  const { client, config, layout } = options;
  return new GroupSession({
    client,
    groupId: config.applicationId,
    groupInstanceId: config.groupInstanceId === null ? null : `${config.groupInstanceId}-${options.threadNumber}`,
    topics: layout.sourceTopics,
    assignor: streamsAssignor({
      layout,
      subscription: userData,
      standbyReplicas: config.numStandbyReplicas,
      warmupsMax: config.maxWarmupReplicas,
      acceptableRecoveryLag: config.acceptableRecoveryLag,
      changelogSizes: (matched, tasks) => changelogSizes(tasks, { ...options, layout: matched, admin: client.admin }),
      partitionCounts: () => partitionCounts(client.admin),
      ensureTopics: (matched, counts) => {
        const wanted = internalTopicsOf({ ...options, layout: matched }, counts);
        return ensureInternalTopics(client.admin, wanted, config.replicationFactor);
      },
    }),
    sessionTimeoutMs: config.sessionTimeoutMs,
    heartbeatIntervalMs: config.heartbeatIntervalMs,
    wake,
  });
}

function createProducer(
  { client, config, stateDirectory, threadNumber }: ApplicationOptions,
  { member }: GroupSession,
  onDelivery: DeliveryListener,
): StreamsProducer {
  const { applicationId, transactionTimeoutMs, deliveryTimeoutMs } = config;
  if (config.processingGuarantee === 'at_least_once') {
    return new AtLeastOnceProducer({ client, member, deliveryTimeoutMs, onDelivery });
  }
  // As Kafka Streams names it.
  const transactionalId = `${applicationId}-${stateDirectory.processId}-${threadNumber}`;
  return new ExactlyOnceProducer({
    client,
    member,
    transactionalId,
    transactionTimeoutMs,
    deliveryTimeoutMs,
    onDelivery,
  });
}

/** Exactly once begins anew by itself; at least once asks the handler. */
function retriesUndelivered({ handlers, deadLetterTopic }: RuntimeConfig, error: unknown, topic: string): boolean {
  const { result } = handlers.production(contextWithoutRecord(deadLetterTopic), error, topic);
  return result === 'retry' && error instanceof MillraceError && error.retriable;
}
