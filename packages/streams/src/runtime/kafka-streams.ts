import { type Closeable, describeError, MillraceError, unreachable } from '@millrace/base';
import type { GroupCloseOptions, GroupMembership } from '@millrace/client';
import { illegalState } from '../errors.ts';
import type { StateQueryResult } from '../query/query-result.ts';
import type { StateQueryRequest } from '../query/state-query.ts';
import type { StoreHandle } from '../query/store-handle.ts';
import type { StoreLag } from '../query/store-lag.ts';
import type { StorePartitions } from '../query/store-partitions.ts';
import type { KeyPlacing, KeyQueryMetadata, StreamsMetadata } from '../query/streams-metadata.ts';
import type { StandbyUpdateListener } from '../state/changelog-follower.ts';
import type { RestoreListener } from '../state/restore.ts';
import type { Topology } from '../topology/topology.ts';
import { ClientState, isRunningOrRebalancing, type KafkaStreamsState, type StateListener } from './client-state.ts';
import type {
  KafkaStreamsOptions,
  RuntimeConfig,
  UncaughtExceptionAnswer,
  UncaughtExceptionHandler,
} from './config/options.ts';
import { type Metric, metricsOf } from './loop/metrics.ts';
import { type QueriedInstance, StoreQueries } from './store-queries.ts';
import { StateDirectory } from './tasks/state-directory.ts';
import type { Application } from './threads/application.ts';
import { LocalThreads } from './threads/local-threads.ts';
import type { StateListeners, StreamThread, ThreadEnd, ThreadView } from './threads/stream-thread.ts';
import type { ThreadFactory } from './threads/thread-factory.ts';
import { WorkerThreads } from './threads/worker/worker-threads.ts';

/** How long `close` waits when it is not told otherwise. */
const CLOSE_TIMEOUT_MS = 30_000;

type StopRequest = { readonly timeoutMs?: number; readonly groupMembership?: GroupMembership | null };

/** How often folders of tasks that moved away are looked for. */
const CLEANUP_INTERVAL_MS = 60_000;

/**
 * A stream-processing application: one instance of possibly many that share the work of a topology through their
 * group. Created, it does nothing; `start` joins the group, `close` commits and leaves it.
 *
 * ```ts
 * await using streams = new KafkaStreams(topology, { applicationId: 'word-count', bootstrapServers: 'localhost:9092' });
 * await streams.start();
 * ```
 *
 * A topology object runs in this isolate, on one thread. The URL of a module that exports `topology` runs in workers,
 * as many as `numStreamThreads` says, each of which loads the module for itself; what cannot be sent to them
 * (handlers, …) the module exports as `options`.
 */
export class KafkaStreams implements Closeable {
  readonly #threadFactory: ThreadFactory;
  readonly #state = new ClientState();
  readonly #threads = new Map<number, StreamThread>();
  /** Those that were removed and have not ended yet: nobody may have their numbers. */
  readonly #leaving = new Map<number, StreamThread>();
  readonly #queries = new StoreQueries(() => this.#queriedInstance);
  /** What was set after the making, in the place of options. */
  #given: Partial<StateListeners & { readonly uncaughtExceptionHandler: UncaughtExceptionHandler }> = {};
  #stopStateListener: () => void = () => {};
  #stateDirectory: StateDirectory | null = null;
  #nextCleanUp: { clear(): void } | null = null;
  #isStarting = false;
  #closing: Promise<void> | null = null;
  #failure: unknown = null;
  #isPaused = false;
  #failedThreads = 0;

  /** @throws MillraceError `INVALID_ARGUMENT` for options that cannot be. */
  constructor(topology: Topology | URL, options: KafkaStreamsOptions) {
    this.#threadFactory =
      topology instanceof URL ? new WorkerThreads(topology, options) : new LocalThreads(topology, options);
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

  /** As {@link onStateChange}, under Kafka Streams' name: one listener, before the start. */
  setStateListener(listener: StateListener): void {
    this.#assertNotStarted('StateListener');
    this.#stopStateListener();
    this.#stopStateListener = this.onStateChange(listener);
  }

  /** In the place of the option: before the start. */
  setUncaughtExceptionHandler(handler: UncaughtExceptionHandler): void {
    this.#assertNotStarted('UncaughtExceptionHandler');
    this.#given = { ...this.#given, uncaughtExceptionHandler: handler };
  }

  /** Hears of all stores that are restored here, in the place of the option: before the start. */
  setGlobalStateRestoreListener(restoreListener: RestoreListener): void {
    this.#assertNotStarted('GlobalStateRestoreListener');
    this.#given = { ...this.#given, restoreListener };
  }

  /** Hears of all copies here, in the place of the option: before the start. */
  setStandbyUpdateListener(standbyUpdateListener: StandbyUpdateListener): void {
    this.#assertNotStarted('StandbyUpdateListener');
    this.#given = { ...this.#given, standbyUpdateListener };
  }

  /**
   * Takes hold of the state folder and starts processing in the background.
   *
   * @throws MillraceError `INVALID_STATE` when it was started before, `LOCKED` when another instance uses the folder.
   */
  async start(): Promise<void> {
    if (this.state !== 'CREATED' || this.#isStarting) {
      throw illegalState(`The client is either already started or already stopped, cannot re-start (${this.state})`);
    }
    this.#isStarting = true;
    try {
      await this.#threadFactory.open();
      const { config } = this.#application;
      this.#stateDirectory = new StateDirectory(config);
      await this.#stateDirectory.open();
      if (this.#closing !== null) {
        await this.#stateDirectory.close();
        throw illegalState('the application was closed while it started');
      }
      this.#state.move('REBALANCING');
      for (let number = 1; number <= config.numStreamThreads; number++) this.#startThread(number);
      this.#cleanUpLater();
    } finally {
      this.#isStarting = false;
    }
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Stops processing and keeps tasks, offsets and state, until `resume` (KIP-834). May be called before `start`. */
  pause(): void {
    this.#isPaused = true;
    for (const thread of this.#threads.values()) thread.pause();
  }

  resume(): void {
    this.#isPaused = false;
    for (const thread of this.#threads.values()) thread.resume();
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
    return this.#queries.store(name, stale);
  }

  /**
   * Asks the partitions of a store that this instance holds; each has an answer of its own, or says why not. (Kafka
   * Streams: IQv2, KIP-796.)
   *
   * @throws MillraceError `UNKNOWN_STATE_STORE`, or `INVALID_STATE` before the start and after the end
   */
  async query<R>(request: StateQueryRequest<R>): Promise<StateQueryResult<R>> {
    return await this.#queries.query(request);
  }

  /** All instances of the application that are known here, with what each has. */
  metadataForAllStreamsClients(): readonly StreamsMetadata[] {
    return this.#queries.instances();
  }

  /**
   * The instances that have partitions of a store, or copies of some.
   *
   * @throws MillraceError `UNKNOWN_STATE_STORE`
   */
  streamsMetadataForStore(store: string): readonly StreamsMetadata[] {
    return this.#queries.instancesWith(store);
  }

  /**
   * Which partition and which instance hold a key of a store.
   *
   * @throws MillraceError `UNKNOWN_STATE_STORE`
   */
  queryMetadataForKey<K>(store: string, key: K, placing?: KeyPlacing<K>): KeyQueryMetadata {
    return this.#queries.placeOf(store, key, placing);
  }

  /**
   * How many partitions a store has in all, and which of them this instance holds: whether a scan here sees
   * everything.
   *
   * @throws MillraceError `UNKNOWN_STATE_STORE`, or `INVALID_STATE_STORE` (retriable) while tasks are being shared
   * out
   */
  storePartitions(name: string): StorePartitions {
    return this.#queries.partitionsOf(name);
  }

  /** How far each part of a store here is behind its changelog: of copies, and while tasks are restored. */
  async allLocalStorePartitionLags(): Promise<readonly StoreLag[]> {
    const lags = await Promise.all([...this.#threads.values()].map((thread) => thread.lags()));
    return lags.flat();
  }

  /** What was counted so far, under Kafka Streams' names; of threads that run. */
  async metrics(): Promise<readonly Metric[]> {
    const { applicationId } = this.#application.config;
    const ofThreads = await Promise.all([...this.#threads.values()].map((thread) => thread.metrics()));
    const ofClient = metricsOf(
      'stream-metrics',
      { 'client-id': applicationId },
      {
        'application-id': applicationId,
        state: this.state,
        'alive-stream-threads': this.#threads.size,
        'failed-stream-threads': this.#failedThreads,
      },
    );
    return [...ofClient, ...ofThreads.flat()];
  }

  /**
   * Starts one more thread (KIP-663), and gives its name; null where there can be no other: for a topology object,
   * and while the application does not run.
   */
  addStreamThread(): string | null {
    if (!isRunningOrRebalancing(this.state) || !this.#threadFactory.canGrow) return null;
    let number = 1;
    while (this.#threads.has(number) || this.#leaving.has(number)) number++;
    this.#state.tryMove('REBALANCING');
    return this.#startThread(number).name;
  }

  /** Ends the thread that came last, in order, and gives its name; null where it is the only one. */
  async removeStreamThread(): Promise<string | null> {
    const number = Math.max(...this.#threads.keys());
    const thread = this.#threads.get(number);
    if (thread === undefined || this.#threads.size === 1) return null;
    this.#threads.delete(number);
    this.#leaving.set(number, thread);
    await thread.stop({ groupMembership: 'leave' });
    this.#leaving.delete(number);
    return thread.name;
  }

  /**
   * Stops in order: commits, gives the tasks back, leaves the group. What takes longer than `timeoutMs` is abandoned.
   * Members stay in the group or leave it as `groupMembership` says; by default static ones stay, for a restart
   * within the session, and others leave. May be called at any time and more than once.
   */
  close(options: GroupCloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
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
    await this.#threadFactory.open();
    await new StateDirectory(this.#application.config).deleteAll();
  }

  get #listeners(): StateListeners {
    const { restoreListener, standbyUpdateListener } = { ...this.#application.config, ...this.#given };
    return { restoreListener, standbyUpdateListener };
  }

  #uncaughtExceptionHandler(error: unknown): UncaughtExceptionAnswer {
    return (this.#given.uncaughtExceptionHandler ?? this.#application.config.uncaughtExceptionHandler)(error);
  }

  #assertNotStarted(what: string): void {
    if (this.state === 'CREATED' && !this.#isStarting) return;
    throw illegalState(`Can only set ${what} before calling start(). Current state is: ${this.state}`);
  }

  get #application(): Application {
    return this.#threadFactory.application;
  }

  get #queriedInstance(): QueriedInstance {
    const factory = this.#threadFactory;
    const processId = this.#stateDirectory?.processId ?? '';
    const threads = [...this.#threads.values()];
    const { state } = this;
    return {
      application: factory.application,
      client: () => factory.client,
      processId,
      state,
      isSteady: () => this.#isSteady,
      threads,
    };
  }

  get #views(): readonly ThreadView[] {
    return [...this.#threads.values()].map(({ view }) => view);
  }

  get #isSteady(): boolean {
    return this.#threads.size > 0 && this.#views.every(({ isSteady }) => isSteady);
  }

  #startThread(number: number): StreamThread {
    const thread = this.#threadFactory.create(number, this.#stateDirectory!, {
      onChange: () => this.#state.tryMove(this.#isSteady ? 'RUNNING' : 'REBALANCING'),
      onEnd: (end) => this.#threadEnded(number, end),
      listeners: this.#listeners,
    });
    this.#threads.set(number, thread);
    if (this.#isPaused) thread.pause();
    return thread;
  }

  #threadEnded(number: number, end: ThreadEnd): void {
    if (end.kind === 'stopped' || this.#closing !== null) return;
    const { logger } = this.#application.config;
    logger.error('a stream thread ended', { error: describeError(end.error) });
    this.#threads.delete(number);
    this.#failedThreads++;
    this.#failure ??= end.error;
    const answer = isShutdownRequest(end.error) ? 'SHUTDOWN_CLIENT' : this.#uncaughtExceptionHandler(end.error);
    switch (answer) {
      case 'REPLACE_THREAD':
        this.#failure = null;
        this.#state.tryMove('REBALANCING');
        this.#startThread(number);
        return;
      case 'SHUTDOWN_APPLICATION': {
        // The group tells the others: a member says so when it joins, and is told to end like all.
        this.#state.tryMove('REBALANCING');
        const [messenger = this.#startThread(number)] = this.#threads.values();
        messenger.requestShutdown();
        return;
      }
      case 'SHUTDOWN_CLIENT':
        this.#state.move('PENDING_ERROR');
        this.#closing = this.#stop({}).finally(() => this.#state.move('ERROR'));
        return;
      default:
        unreachable(answer);
    }
  }

  async #close(options: GroupCloseOptions): Promise<void> {
    this.#state.move('PENDING_SHUTDOWN');
    await this.#stop(options);
    this.#state.move('NOT_RUNNING');
  }

  async #stop({ timeoutMs = CLOSE_TIMEOUT_MS, groupMembership = null }: StopRequest): Promise<void> {
    this.#nextCleanUp?.clear();
    const threads = [...this.#threads.values(), ...this.#leaving.values()];
    if (threads.length > 0) {
      const stopped = Promise.all(threads.map((thread) => thread.stop({ groupMembership })));
      const inTime = await withinMs(stopped, timeoutMs, this.#application.config);
      if (!inTime) for (const thread of threads) await thread.abandon();
    }
    await this.#threadFactory.close({ timeoutMs });
    await this.#stateDirectory?.close();
  }

  /** While tasks are shared out, nobody knows which folders are about to be opened. */
  #cleanUpLater(): void {
    const { clock, stateCleanupDelayMs, logger } = this.#application.config;
    this.#nextCleanUp = clock.setTimer(CLEANUP_INTERVAL_MS, async () => {
      const open = new Set(this.#views.flatMap(({ tasks, standbyTasks }) => [...tasks, ...standbyTasks]));
      try {
        if (this.#isSteady) await this.#stateDirectory!.cleanUnowned(stateCleanupDelayMs, open);
      } catch (error) {
        logger.warn('folders of tasks that moved away could not be deleted', { error: describeError(error) });
      }
      if (this.#closing === null) this.#cleanUpLater();
    });
  }
}

function isShutdownRequest(error: unknown): boolean {
  return error instanceof MillraceError && error.code === 'SHUTDOWN_REQUESTED';
}

async function withinMs(work: Promise<unknown>, timeoutMs: number, { clock, logger }: RuntimeConfig): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = clock.setTimer(timeoutMs, () => {
    logger.warn('the application did not end in time; what was left is abandoned', { timeoutMs });
    late.resolve(false);
  });
  const inTime = await Promise.race([work.then(() => true), late.promise]);
  timer.clear();
  return inTime;
}
