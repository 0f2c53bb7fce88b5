import { type Closeable, type CloseOptions, describeError } from '@millrace/base';
import { Client, type ClientOptions } from '@millrace/client';
import { illegalArgument, illegalState, StreamsError } from '../errors.ts';
import { findKey, type KeyMetadata } from '../query/key-metadata.ts';
import { type LocalPartitions, StoreHandle } from '../query/store-handle.ts';
import type { StorePartitions } from '../query/store-partitions.ts';
import type { Serde } from '../serdes/serde.ts';
import { CacheMemory } from '../state/layers/cache-memory.ts';
import { RecentMemory } from '../state/layers/recent-segments.ts';
import type { StateStore } from '../state/stores.ts';
import type { StoreEntry, Topology } from '../topology/topology.ts';
import type { ApplicationRuntime } from './application-runtime.ts';
import { ClientState, type KafkaStreamsState, type StateListener } from './client-state.ts';
import { type KafkaStreamsOptions, type RuntimeConfig, resolveOptions } from './options.ts';
import { createRecordTask } from './record-task.ts';
import { StateDirectory } from './state-directory.ts';
import { type ApplicationEnd, StreamThread } from './stream-thread.ts';
import { type TopicNames, topicNames } from './topic-names.ts';
import { type TopologyLayout, taskCount, topologyLayout } from './topology-layout.ts';

/** Memory of a thread for the latest windows and sessions of its stores. */
const RECENT_SEGMENTS_BYTES_MAX = 64 * 1024 * 1024;

/** How long `close` waits when it is not told otherwise. */
const CLOSE_TIMEOUT_MS = 30_000;

/**
 * A stream-processing application: one instance of possibly many that share the work of a topology through their
 * group. Created, it does nothing; `start` joins the group, `close` commits and leaves it.
 *
 * ```ts
 * await using streams = new KafkaStreams(topology, { applicationId: 'word-count', bootstrapServers: 'localhost:9092' });
 * await streams.start();
 * ```
 */
export class KafkaStreams implements Closeable {
  readonly #topology: Topology;
  readonly #config: RuntimeConfig;
  readonly #names: TopicNames;
  readonly #layout: TopologyLayout;
  readonly #client: Client;
  readonly #ownsClient: boolean;
  readonly #stateDirectory: StateDirectory;
  readonly #state = new ClientState();
  #thread: StreamThread | null = null;
  #runtime: ApplicationRuntime | null = null;
  #closing: Promise<void> | null = null;
  #failure: unknown = null;
  #isPaused = false;

  /** @throws MillraceError `INVALID_ARGUMENT` for options that cannot be. */
  constructor(topology: Topology, options: KafkaStreamsOptions) {
    this.#topology = topology;
    this.#config = resolveOptions(options);
    this.#names = topicNames(this.#config.applicationId, topology);
    this.#layout = topologyLayout(topology, this.#names);
    this.#ownsClient = options.client === undefined;
    this.#client = options.client ?? new Client(clientOptions(options, this.#config));
    this.#stateDirectory = new StateDirectory(this.#config);
  }

  get state(): KafkaStreamsState {
    return this.#state.current;
  }

  /** What ended the instance, once it is in `ERROR`. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Calls `listener` at each change of state; returns the way to stop that. */
  onStateChange(listener: StateListener): () => void {
    return this.#state.listen(listener);
  }

  /**
   * Takes hold of the state folder and starts processing in the background.
   *
   * @throws MillraceError `INVALID_STATE` when it was started before, `LOCKED` when another instance uses the folder.
   */
  async start(): Promise<void> {
    if (this.state !== 'CREATED') {
      throw illegalState(`The client is either already started or already stopped, cannot re-start (${this.state})`);
    }
    await this.#stateDirectory.open();
    this.#state.move('REBALANCING');
    this.#startThread();
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Stops processing and keeps tasks, offsets and state, until `resume` (KIP-834). May be called before `start`. */
  pause(): void {
    this.#isPaused = true;
    this.#runtime?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#runtime?.resume();
  }

  /** Resolves when the instance is in a state; rejects with the failure if it ends in another. */
  waitFor(wanted: KafkaStreamsState): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (state: KafkaStreamsState): void => {
        const hasEnded = state === 'ERROR' || state === 'NOT_RUNNING';
        if (state !== wanted && !hasEnded) return;
        stop();
        if (state === wanted) resolve();
        else reject(this.#failure ?? illegalState(`the application ended as ${state} before it was ${wanted}`));
      };
      const stop = this.#state.listen(look);
      look(this.state);
    });
  }

  /**
   * Read-only access to the parts of a store that this instance holds: with `stale` also its copies of tasks that run
   * elsewhere, which may be behind, and while tasks are being shared out.
   *
   * @throws MillraceError `UNKNOWN_STATE_STORE` for a name that the topology does not have.
   */
  store<K, V>(name: string, { stale = false }: { readonly stale?: boolean } = {}): StoreHandle<K, V> {
    return new StoreHandle<K, V>(this.#storeEntry(name).spec, this.#localPartitions(name, stale));
  }

  /**
   * Which partition and which instance hold a key of a store.
   *
   * @throws MillraceError `UNKNOWN_STATE_STORE`, or `INVALID_STATE_STORE` (retriable) while the key's task is moved.
   */
  queryMetadataForKey<K>(store: string, key: K, serde?: Serde<K>): KeyMetadata {
    const { spec } = this.#storeEntry(store);
    const runtime = this.#steadyRuntime();
    const layout = runtime.layout.subTopologies.find(({ stores }) => stores.includes(store))!;
    const found = findKey({
      keyBytes: (serde ?? spec.keySerde).serialize(key, this.#names.changelog(store)),
      subTopology: layout.id,
      partitionCount: taskCount(layout, runtime.partitionCounts),
      members: runtime.members,
      localTasks: runtime.tasks,
    });
    if (found !== null) return found;
    throw new StreamsError('INVALID_STATE_STORE', `no instance runs the task of this key of ${store} now`, {
      retriable: true,
    });
  }

  /**
   * How many partitions a store has in all, which of them this instance holds, and who holds each: whether a scan here
   * sees everything, and where the rest is.
   *
   * @throws MillraceError as {@link queryMetadataForKey}
   */
  storePartitions(name: string): StorePartitions {
    this.#storeEntry(name);
    const runtime = this.#steadyRuntime();
    const layout = runtime.layout.subTopologies.find(({ stores }) => stores.includes(name))!;
    const partitionsOf = (tasks: Iterable<string>): readonly number[] =>
      [...tasks]
        .map((task) => task.split('_').map(Number))
        .filter(([subTopology]) => subTopology === layout.id)
        .map(([, partition]) => partition!);
    return {
      total: taskCount(layout, runtime.partitionCounts),
      local: partitionsOf(runtime.tasks.keys()),
      owners: new Map(
        runtime.members.flatMap(({ applicationServer, tasks }) =>
          partitionsOf(tasks).map((partition) => [partition, applicationServer] as const),
        ),
      ),
    };
  }

  /**
   * Stops in order: commits, gives the tasks back, leaves the group. What takes longer than `timeoutMs` is abandoned.
   * May be called at any time and more than once.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options.timeoutMs ?? CLOSE_TIMEOUT_MS);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Deletes the local state of the application; it is restored at the next start.
   *
   * @throws MillraceError `INVALID_STATE` while it runs.
   */
  async cleanUp(): Promise<void> {
    if (this.state !== 'CREATED' && this.state !== 'NOT_RUNNING' && this.state !== 'ERROR') {
      throw illegalState(`Cannot clean up while running (${this.state}).`);
    }
    await this.#stateDirectory.deleteAll();
  }

  #startThread(): void {
    const { stateStoreCacheMaxBytes, applicationId } = this.#config;
    this.#thread = new StreamThread(`${applicationId}-StreamThread-1`);
    this.#runtime = this.#thread.start(
      {
        topology: this.#topology,
        layout: this.#layout,
        names: this.#names,
        config: this.#config,
        client: this.#client,
        cache: stateStoreCacheMaxBytes > 0 ? new CacheMemory(stateStoreCacheMaxBytes) : null,
        recent: new RecentMemory(RECENT_SEGMENTS_BYTES_MAX),
        stateDirectory: this.#stateDirectory,
        createRecordTask,
        onSteady: (steady) => this.#state.tryMove(steady ? 'RUNNING' : 'REBALANCING'),
      },
      (end) => this.#threadEnded(end),
    );
    if (this.#isPaused) this.#runtime.pause();
  }

  #threadEnded(end: ApplicationEnd): void {
    if (end.kind === 'stopped' || this.#closing !== null) return;
    const { logger, uncaughtExceptionHandler } = this.#config;
    logger.error('a stream thread ended', { error: describeError(end.error) });
    if (uncaughtExceptionHandler(end.error) === 'REPLACE_THREAD') {
      this.#state.tryMove('REBALANCING');
      this.#startThread();
      return;
    }
    this.#failure = end.error;
    this.#state.move('PENDING_ERROR');
    this.#closing = this.#release(CLOSE_TIMEOUT_MS).finally(() => this.#state.move('ERROR'));
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#state.move('PENDING_SHUTDOWN');
    const stopped = this.#thread?.stop(this.#config.applicationId) ?? Promise.resolve();
    await withinMs(stopped, timeoutMs, this.#config);
    await this.#release(timeoutMs);
    this.#state.move('NOT_RUNNING');
  }

  async #release(timeoutMs: number): Promise<void> {
    if (this.#ownsClient) await this.#client.close({ timeoutMs });
    await this.#stateDirectory.close();
  }

  #storeEntry(name: string): StoreEntry {
    const entry = this.#topology.stores.get(name);
    if (entry !== undefined) return entry;
    const known = [...this.#topology.stores.keys()].join(', ');
    throw new StreamsError('UNKNOWN_STATE_STORE', `the topology has no store named ${name}; it has: ${known}`);
  }

  #localPartitions(name: string, stale: boolean): LocalPartitions {
    const stores = (): readonly StateStore[] => {
      const { globals, tasks, standbys } = stale ? this.#startedRuntime() : this.#steadyRuntime();
      if (globals.has(name)) return [globals.store(name)];
      return [...tasks.values(), ...(stale ? standbys.values() : [])]
        .filter((task) => task.stores.names.includes(name))
        .map((task) => task.stores.store(name));
    };
    return {
      stores,
      areCurrent: (seen) => {
        const now = stale || this.#runtime?.isSteady === true ? stores() : [];
        return seen.length === now.length && seen.every((store) => now.includes(store));
      },
    };
  }

  #startedRuntime(): ApplicationRuntime {
    if (this.#runtime !== null && (this.state === 'RUNNING' || this.state === 'REBALANCING')) return this.#runtime;
    throw new StreamsError(
      'INVALID_STATE_STORE',
      `the stores cannot be queried while the application is ${this.state}`,
    );
  }

  #steadyRuntime(): ApplicationRuntime {
    if (this.#runtime?.isSteady === true && this.state === 'RUNNING') return this.#runtime;
    throw new StreamsError(
      'INVALID_STATE_STORE',
      `the stores cannot be queried while the application is ${this.state}; they can again when it is RUNNING`,
      { retriable: this.state === 'REBALANCING' },
    );
  }
}

function clientOptions(options: KafkaStreamsOptions, config: RuntimeConfig): ClientOptions {
  const { bootstrapServers, dial } = options;
  const bootstrap = bootstrapServers ?? options.config?.['bootstrap.servers'];
  if (bootstrap === undefined && dial === undefined) {
    throw illegalArgument('say where the brokers are: bootstrapServers, or dial for a broker in this process');
  }
  const common = { clientId: config.applicationId, ...options };
  return (dial === undefined ? { ...common, bootstrapServers: bootstrap } : common) as ClientOptions;
}

async function withinMs(work: Promise<void>, timeoutMs: number, { clock, logger }: RuntimeConfig): Promise<void> {
  let timer: { clear(): void } | null = null;
  const timeout = new Promise<void>((resolve) => {
    timer = clock.setTimer(timeoutMs, () => {
      logger.warn('the application did not end in time; what was left is abandoned', { timeoutMs });
      resolve();
    });
  });
  await Promise.race([work, timeout]);
  (timer as { clear(): void } | null)?.clear();
}
