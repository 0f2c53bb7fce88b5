import path from 'node:path';
import {
  type Closeable,
  type CloseOptions,
  type Logger,
  MillraceError,
  type Random,
  silentLogger,
  systemClock,
  systemRandom,
} from '@millrace/base';
import type { Connection } from '@millrace/protocol';
import type { Services } from './apis/api.ts';
import { BrokerConfig } from './cluster/broker-config.ts';
import { cleanerConfig } from './cluster/cleaner-config.ts';
import { Cluster } from './cluster/cluster.ts';
import { uselessConfigs } from './cluster/ignored-configs.ts';
import { OFFSETS_TOPIC, SHARE_STATE_TOPIC, TRANSACTIONS_TOPIC } from './cluster/topic-names.ts';
import { planAutoTopic } from './cluster/topic-plan.ts';
import { GroupCoordinator } from './coordinators/group/group-coordinator.ts';
import { ShareCoordinator } from './coordinators/share/share-coordinator.ts';
import type { MarkerTargets } from './coordinators/transaction/markers.ts';
import { TransactionCoordinator } from './coordinators/transaction/transaction-coordinator.ts';
import { BrokerCounters } from './counters/broker-counters.ts';
import { TimedLimiter } from './counters/timed-limiter.ts';
import { FetchSessions } from './fetching/fetch-sessions.ts';
import { BrokerError } from './lib/broker-error.ts';
import { BufferPool } from './lib/buffer-pool.ts';
import { MemoryBudget } from './lib/memory-budget.ts';
import { Timers } from './lib/timers.ts';
import { TurnBudget } from './lib/turn-budget.ts';
import { LogManager } from './log/log-manager.ts';
import type { LogServices } from './log/log-options.ts';
import { WriteTurn } from './log/write-turn.ts';
import type { Status } from './metrics/status.ts';
import { parsePrincipal } from './security/principal.ts';
import type { BrokerOptions } from './server/broker-options.ts';
import { Listener, makeDoor } from './server/listener.ts';
import { parseListeners } from './server/listener-config.ts';
import type { ListenerSpec } from './server/listener-spec.ts';
import { LocalConnection } from './server/local-connection.ts';
import { buildSecurity } from './server/security-options.ts';
import type { ThreadedBroker } from './server/threaded-broker.ts';
import { Sharing } from './sharing/sharing.ts';
import { checkDataFormat } from './storage/data-format.ts';
import type { FolderLock } from './storage/files.ts';
import { MemoryFiles } from './storage/memory-files.ts';
import { NodeFiles } from './storage/node-files.ts';

/** Syncs at once; the thread pool has four threads, and file reads of the app need one of them. */
const SYNCS_AT_ONCE_MAX = 3;

const CLOSE_TIMEOUT_MS_DEFAULT = 10_000;

const MEMORY_FOLDER = '/memory';

/** Runs as it is in the repository, and compiled when it is installed. */
const THREAD_ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './broker-thread.ts' : './broker-thread.js',
  import.meta.url,
);

/** What runs in one isolate: built from its parts here, and nowhere else. */
type Parts = {
  readonly services: Services;
  readonly lock: FolderLock;
  readonly listeners: readonly Listener[];
  /** Null unless `metrics.listener` is set. */
  readonly status: Status | null;
};

/**
 * A Kafka-protocol broker inside this process: on a data folder, or in memory. `await using broker = await Broker.start()`
 * is a whole Kafka for a test.
 */
export class Broker implements Closeable {
  readonly #options: BrokerOptions;
  readonly #runner: Parts | ThreadedBroker;
  readonly #connections = new Set<LocalConnection>();
  readonly #sentBatches = new WeakSet<Uint8Array>();
  #closing: Promise<void> | null = null;

  private constructor(options: BrokerOptions, runner: Parts | ThreadedBroker) {
    this.#options = options;
    this.#runner = runner;
  }

  /**
   * Starts a broker; it serves when this resolves.
   *
   * @throws MillraceError `DATA_FOLDER_LOCKED`, `DATA_FORMAT_TOO_NEW`, `ADDRESS_IN_USE`, `LISTEN_FAILED`,
   *   `METADATA_DAMAGED`; BrokerError `INVALID_CONFIG`.
   */
  static async start(options: BrokerOptions = {}): Promise<Broker> {
    if (options.thread === true) {
      const { ThreadedBroker } = await import('./server/threaded-broker.ts');
      return new Broker(options, await ThreadedBroker.start(options, THREAD_ENTRY));
    }
    return new Broker(options, await startParts(options));
  }

  /** `host:port` of each listener, as a client's configuration wants them. Empty without a listener. */
  get bootstrapServers(): string {
    if ('bootstrapServers' in this.#runner) return this.#runner.bootstrapServers;
    return this.#runner.listeners.map(({ advertised }) => `${advertised.host}:${advertised.port}`).join(',');
  }

  /** The port of the first listener; −1 without one. */
  get port(): number {
    if ('port' in this.#runner) return this.#runner.port;
    return this.#runner.listeners[0]?.address.port ?? -1;
  }

  /** Where `/metrics` and `/health` are served; null unless the config `metrics.listener` is set. */
  get metricsPort(): number | null {
    if ('metricsPort' in this.#runner) return this.#runner.metricsPort;
    return this.#runner.status?.port ?? null;
  }

  /**
   * A connection without sockets, for clients in this isolate. It may do everything, unless it is to act as a principal,
   * such as `User:alice`, whose ACLs are to be tried.
   *
   * @throws MillraceError `BROKER_IN_THREAD` when the broker runs in a thread of its own, `BROKER_CLOSED`,
   *   `INVALID_PRINCIPAL`.
   */
  connect({ principal }: { readonly principal?: string } = {}): Promise<Connection> {
    if (this.#closing !== null) return Promise.reject(new MillraceError('BROKER_CLOSED', 'the broker is closed'));
    if (!('services' in this.#runner)) {
      return Promise.reject(
        new MillraceError('BROKER_IN_THREAD', 'this broker runs in a thread of its own: dial its bootstrapServers'),
      );
    }
    const actsAs = principal === undefined ? null : parsePrincipal(principal);
    if (principal !== undefined && actsAs === null) {
      const message = `'${principal}' is no principal: write TYPE:NAME, as User:${principal}`;
      return Promise.reject(new MillraceError('INVALID_PRINCIPAL', message));
    }
    const connection = new LocalConnection(this.#runner.services, {
      freeze: this.#options.local?.freeze ?? false,
      codecCheck: this.#options.local?.codecCheck ?? false,
      clientId: 'local',
      principal: actsAs,
      sentBatches: this.#sentBatches,
      onClosed: (closed) => void this.#connections.delete(closed),
    });
    this.#connections.add(connection);
    return Promise.resolve(connection);
  }

  /** Stops taking requests, answers what is in work, stores everything, and lets go of the data folder. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  /** The same as {@link close}. */
  stop(options: CloseOptions = {}): Promise<void> {
    return this.close(options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close({ timeoutMs = CLOSE_TIMEOUT_MS_DEFAULT }: CloseOptions): Promise<void> {
    if (!('services' in this.#runner)) return await this.#runner.close({ timeoutMs });
    const { services, lock, listeners, status } = this.#runner;
    status?.stopping();
    // Waiting fetches and joins are answered first, so that connections can end in good order.
    services.transactions.close();
    services.sharing.close();
    services.groups.close();
    services.timers.clear();
    for (const connection of this.#connections) await connection.close();
    await Promise.all(listeners.map((listener) => listener.close(Math.min(timeoutMs, CLOSE_TIMEOUT_MS_DEFAULT) / 2)));
    await services.logs.close();
    services.cluster.close();
    await status?.close();
    lock.release();
  }
}

async function startParts(options: BrokerOptions): Promise<Parts> {
  const files = options.files ?? (options.data === undefined ? new MemoryFiles() : new NodeFiles());
  const folder = options.data === undefined ? MEMORY_FOLDER : path.resolve(options.data);
  const lock = files.lock(folder);
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  let status: Status | null = null;
  try {
    checkDataFormat(files, folder);
    const counters = new BrokerCounters();
    const log = {
      files,
      clock,
      logger,
      flush: options.flush ?? (options.config?.['millrace.flush'] === 'always' ? 'always' : 'os'),
      turn: new WriteTurn(),
      syncs: new TimedLimiter(SYNCS_AT_ONCE_MAX, clock, counters.syncs),
      counters,
    };
    status = await startStatus(options, log);
    const { services, listeners } = buildParts(options, log, folder);
    await services.logs.start((done, total) => status?.recovering({ done, total }));
    services.groups.start();
    services.sharing.start();
    services.transactions.start();
    try {
      for (const listener of listeners) await listener.listen();
    } catch (error) {
      await Promise.all(listeners.map((listener) => listener.close(0)));
      await services.logs.close();
      services.cluster.close();
      throw error;
    }
    status?.ready({ services, door: { listeners, memory: services.memory } });
    return { services, lock, listeners, status };
  } catch (error) {
    await status?.close();
    lock.release();
    throw error;
  }
}

type CountedLogServices = LogServices & { readonly counters: BrokerCounters };

/** Loaded only where somebody wants the pages. */
async function startStatus({ config }: BrokerOptions, { logger, clock }: LogServices): Promise<Status | null> {
  const listener = config?.['metrics.listener'];
  if (listener === undefined || listener === '') return null;
  const { parseStatusListener, Status } = await import('./metrics/status.ts');
  return await Status.start(parseStatusListener(listener), logger, clock.wallMs());
}

function buildParts(options: BrokerOptions, log: CountedLogServices, folder: string) {
  const { clock, logger, files, flush, counters } = log;
  const random = options.random ?? systemRandom;
  const config = new BrokerConfig(options.config ?? {});
  warnOfUselessConfigs(config, logger);
  const isClean = LogManager.wasStoppedCleanly(log, folder);
  const cluster = new Cluster({ files, folder, random, config, flush, isClean });
  const logs = new LogManager(
    {
      services: log,
      folder,
      leaderEpoch: cluster.image.leaderEpoch,
      retentionCheckIntervalMs: config.number('log.retention.check.interval.ms'),
      checkpointIntervalMs: config.number('log.flush.offset.checkpoint.interval.ms'),
      producerIdExpirationMs: config.number('producer.id.expiration.ms'),
      cleaner: () => cleanerConfig(config),
      random,
    },
    cluster,
  );
  const timers = new Timers(clock);
  const coordinators = buildCoordinators({ log, timers, random, cluster, logs });
  const listeners: Listener[] = [];
  const advertised = (name: string) => listeners.find((listener) => listener.name === name)?.advertised ?? null;
  const services: Services = {
    nodeId: config.number('node.id'),
    clock,
    timers,
    logger,
    config,
    buffers: new BufferPool(),
    memory: new MemoryBudget(config.number('queued.max.request.bytes')),
    counters,
    turns: new TurnBudget(),
    fetchSessions: new FetchSessions({
      clock,
      random,
      sessionsMax: () => config.number('max.incremental.fetch.session.cache.slots'),
    }),
    cluster,
    logs,
    ...coordinators,
    advertised,
    ...buildSecurity(options, cluster, clock),
  };
  const door = makeDoor(services);
  listeners.push(...listenerSpecs(options).map((spec) => new Listener(spec, door)));
  return { services, listeners };
}

type CoordinatorParts = {
  readonly log: LogServices;
  readonly timers: Timers;
  readonly random: Random;
  readonly cluster: Cluster;
  readonly logs: LogManager;
};

/** Who decides about groups, shared records and transactions, each in a topic of its own. */
function buildCoordinators({ log, timers, random, cluster, logs }: CoordinatorParts) {
  const { clock, logger } = log;
  const { config } = cluster;
  const shareState = new ShareCoordinator({
    clock,
    timers,
    logger,
    config,
    ...coordinatorTopic(SHARE_STATE_TOPIC, 'share.coordinator.state.topic.num.partitions', cluster, logs),
    deleteRecordsBefore: (log, offset) => logs.deleteRecordsBefore(log, offset),
  });
  const groups = new GroupCoordinator({
    clock,
    timers,
    random,
    logger,
    config,
    image: () => cluster.image,
    ...coordinatorTopic(OFFSETS_TOPIC, 'offsets.topic.num.partitions', cluster, logs),
    shareState,
  });
  const sharing = new Sharing({
    clock,
    timers,
    logger,
    config,
    state: shareState,
    groups: groups.share,
    findLog: (topicId, partition) => {
      const topic = cluster.topicById(topicId);
      return topic === undefined ? null : logs.get(topic.name, partition);
    },
  });
  const markers: MarkerTargets = {
    findLog: (topic, partition) => logs.get(topic, partition),
    offsetsTopic: OFFSETS_TOPIC,
    endOffsets: (partition, end) => groups.endTransaction(partition, end),
  };
  const transactions = new TransactionCoordinator({
    clock,
    timers,
    logger,
    config,
    nextProducerId: () => cluster.nextProducerId(),
    ...coordinatorTopic(TRANSACTIONS_TOPIC, 'transaction.state.log.num.partitions', cluster, logs),
    coordinatorEpoch: cluster.image.leaderEpoch,
    markers,
  });
  return { groups, sharing, transactions, markers };
}

/** The topic of a coordinator, made when something is to be stored in it. */
function coordinatorTopic(name: string, partitionsConfig: string, cluster: Cluster, logs: LogManager) {
  const { config } = cluster;
  return {
    partitionCount: () => cluster.topic(name)?.partitionCount ?? config.number(partitionsConfig),
    findLog: (partition: number) => logs.find(name, partition),
    makeLog: (partition: number) => {
      if (cluster.topic(name) === undefined) {
        const topic = planAutoTopic(name, cluster, config.number('node.id'));
        cluster.changeAtOnce([{ kind: 'topic-created', topic }]);
      }
      const found = logs.get(name, partition);
      if (found === null) throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
      return found;
    },
  };
}

function listenerSpecs(options: BrokerOptions): readonly ListenerSpec[] {
  if (options.listeners !== undefined) return options.listeners;
  const isConfigured =
    options.config?.listeners !== undefined && options.host === undefined && options.port === undefined;
  if (isConfigured) return parseListeners(options.config ?? {});
  const { host = '127.0.0.1', port = 0, advertised } = options;
  if (port < 0) return [];
  return [{ name: 'PLAINTEXT', host, port, ...(advertised === undefined ? {} : { advertised }) }];
}

function warnOfUselessConfigs(config: BrokerConfig, logger: Logger): void {
  const { ignored, unknown } = uselessConfigs(config.unknownNames());
  if (ignored.length > 0) logger.warn('configs of Kafka that mean nothing to one broker', { names: ignored });
  if (unknown.length > 0) logger.warn('unknown configs, are they spelt right?', { names: unknown });
}
