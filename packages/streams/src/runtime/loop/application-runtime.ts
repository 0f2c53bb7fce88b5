import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeError } from '@millrace/base';
import type { GroupAssignment, GroupMembership } from '@millrace/client';
import { StreamsError } from '../../errors.ts';
import type { StoreLag } from '../../query/store-lag.ts';
import type { ChangelogRestorer } from '../../state/restore.ts';
import { decodeAssignment, type MemberTasks, type SubscriptionData } from '../assignment/user-data.ts';
import type { Output } from '../output/output.ts';
import type { ActiveTask } from '../tasks/active-task.ts';
import type { GlobalStores } from '../tasks/global-stores.ts';
import type { StandbyTasks } from '../tasks/standby-tasks.ts';
import type { TaskManager } from '../tasks/task-manager.ts';
import { type ApplicationOptions, applicationParts, type Fetchers } from './application-parts.ts';
import type { Committer } from './committer.ts';
import type { GroupEvent, GroupSession } from './group-session.ts';
import type { Metric } from './metrics.ts';
import type { PatternSubscription } from './pattern-subscription.ts';
import { threadMetrics } from './thread-metrics.ts';
import type { TopicCounts } from './topic-counts.ts';

/**
 * One application on one thread: its membership, its tasks, its producer, and the loop that drives them. All that
 * changes tasks happens in the loop, one step after the other; in between, sockets and timers get their turn.
 */
export class ApplicationRuntime {
  readonly #options: ApplicationOptions;
  readonly #output: Output;
  readonly #fetchers: Fetchers;
  readonly #session: GroupSession;
  readonly #subscription: PatternSubscription;
  readonly #tasks: TaskManager;
  readonly #standbys: StandbyTasks;
  readonly #committer: Committer;
  readonly #restorer: ChangelogRestorer;
  readonly #globals: GlobalStores;
  readonly #topics: TopicCounts;
  #wake = new AbortController();
  #stopping = false;
  #wantsShutdown = false;
  #steady = false;
  #paused = false;
  #groupMembership: GroupMembership | null = null;
  /** Between the beginning of a round and its end nothing is committed: the generation may change at any moment. */
  #isInRound = false;
  /** Tasks that come when others have let go of them. */
  #pendingTasks: readonly string[] = [];
  #storedTasks: readonly string[] = [];
  #members: readonly MemberTasks[] = [];
  #counts: ReadonlyMap<string, number> = new Map();

  constructor(options: ApplicationOptions) {
    this.#options = options;
    const parts = applicationParts(options, {
      userData: () => this.#userData(),
      wake: () => this.#wake.abort(),
    });
    this.#output = parts.output;
    this.#fetchers = parts.fetchers;
    this.#session = parts.session;
    this.#subscription = parts.subscription;
    this.#tasks = parts.tasks;
    this.#standbys = parts.standbys;
    this.#committer = parts.committer;
    this.#restorer = parts.restorer;
    this.#globals = parts.globals;
    this.#topics = parts.topics;
  }

  get tasks(): ReadonlyMap<string, ActiveTask> {
    return this.#tasks.tasks;
  }

  /** Copies of tasks that run elsewhere. */
  get standbys(): Pick<StandbyTasks, 'tasks' | 'look' | 'positionOf'> {
    return this.#standbys;
  }

  /** Who runs what in the group, as of the last round. */
  get members(): readonly MemberTasks[] {
    return this.#members;
  }

  get globals(): GlobalStores {
    return this.#globals;
  }

  get partitionCounts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Whether all assigned tasks can process; queries are refused otherwise. */
  get isSteady(): boolean {
    return this.#steady;
  }

  get metrics(): readonly Metric[] {
    const { threadName: name } = this.#options;
    const { restoredCount } = this.#restorer;
    const topics = this.#topics;
    return threadMetrics({ name, tasks: this.#tasks, committer: this.#committer, restoredCount, topics });
  }

  /** How far the stores are behind their changelogs: those of running tasks never are. */
  async lags(): Promise<readonly StoreLag[]> {
    const positions = [
      ...[...this.tasks.values()].flatMap(({ changelogs }) =>
        changelogs.map((changelog) => ({ changelog, offset: this.#restorer.nextOffset(changelog) })),
      ),
      ...[...this.standbys.tasks.values()].flatMap(({ changelogs }) =>
        changelogs.map((changelog) => ({ changelog, offset: this.#standbys.nextOffset(changelog) })),
      ),
    ];
    if (positions.length === 0) return [];
    const changelogs = positions.map(({ changelog }) => changelog);
    const ends = await this.#options.client.admin.listOffsets(changelogs, 'latest');
    return positions.map(({ changelog: { store, topic, partition }, offset }) => {
      const end = ends.find((listed) => listed.topic === topic && listed.partition === partition)!.offset;
      const currentOffset = offset ?? end;
      return { store, partition, currentOffset, endOffset: end, offsetLag: Math.max(end - currentOffset, 0) };
    });
  }

  /**
   * Processes, punctuates and restores no more until `resume`; the membership lives on, and queues fill up to their
   * limits.
   */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wake.abort();
  }

  /** Has the group tell all instances to end, this one included. */
  requestShutdown(): void {
    this.#wantsShutdown = true;
    this.#session.member.requestRejoin('the application is to end');
  }

  /** Asks the loop to end after its current step; `groupMembership` null: members leave, static ones stay. */
  requestStop(groupMembership: GroupMembership | null): void {
    this.#groupMembership = groupMembership;
    this.#stopping = true;
    this.#wake.abort();
  }

  /** Runs until it is asked to stop; throws what no handler took. Either way everything it had is closed then. */
  async run(): Promise<void> {
    let failed = true;
    try {
      await this.#output.open();
      await this.#globals.fill(this.#wake.signal);
      this.#storedTasks = await this.#options.stateDirectory.storedTasks();
      await this.#subscription.begin();
      // Joining goes on beside the loop, which answers the events of each round.
      const joined = this.#session.member.join();
      joined.catch(() => this.#wake.abort());
      while (!this.#stopping) await this.#step();
      await this.#awaitRoundEnd();
      failed = false;
    } finally {
      await this.#end(failed);
    }
  }

  async #step(): Promise<void> {
    this.#session.member.poll();
    this.#subscription.refresh();
    await this.#handleEvents();
    if (await this.#tasks.step()) this.#noteSteadiness();
    await this.#receive();
    if (!this.#globals.isEmpty) await this.#globals.poll(0);
    if (this.#standbys.tasks.size > 0 && !this.#paused) await this.#standbys.step();
    this.#processSlice();
    await this.#settle();
    if (!this.#isInRound && this.#committer.isDue(this.#tasks.running)) await this.#commit();
    this.#committer.purge();
    this.#tasks.limitQueues();
    // A step may have waited for nothing but resolved promises: sockets and timers get their turn here.
    await nextTurn();
  }

  /** Gets what was fetched; waits for it only if there is nothing else to do. */
  async #receive(): Promise<void> {
    const { pollMs, maxTaskIdleMs, clock } = this.#options.config;
    const nowMs = clock.monotonicMs();
    const isBusy = !this.#paused && this.#tasks.running.some((task) => task.canProcess(nowMs, maxTaskIdleMs));
    const isRestoring = !this.#paused && !this.#restorer.isIdle;
    if (this.#wake.signal.aborted) this.#wake = new AbortController();
    const { signal } = this.#wake;
    if (this.#stopping) return;
    if (isRestoring) {
      await unlessAborted(this.#restorer.step(isBusy ? 0 : pollMs, signal), signal);
      this.#noteSteadiness();
    }
    const maxWaitMs = isBusy || isRestoring ? 0 : pollMs;
    const fetched = await unlessAborted(this.#fetchers.input.poll({ maxWaitMs, signal }), signal);
    for (const partition of fetched ?? []) {
      const task = this.#tasks.taskOf(partition.topic, partition.partition);
      if (task === undefined) continue;
      task.enqueue(partition);
      this.#topics.consumed(partition);
    }
  }

  /** Works for a slice of time, shared by all tasks. */
  #processSlice(): void {
    // What cannot be committed is bounded all the same.
    if (this.#paused || (this.#isInRound && this.#committer.isFull(this.#tasks.running))) return;
    const { clock, sliceMs, maxTaskIdleMs } = this.#options.config;
    const now = (): number => clock.monotonicMs();
    const deadlineMs = now() + sliceMs;
    const running = this.#tasks.running;
    for (const task of running) {
      // Each task gets its part, so that a busy one does not keep others waiting for more than a slice.
      const partEndsMs = Math.min(deadlineMs, now() + sliceMs / running.length);
      task.process(now, partEndsMs, maxTaskIdleMs);
      task.punctuate();
    }
  }

  async #settle(): Promise<void> {
    try {
      await this.#output.settle();
    } catch (error) {
      if (this.#output.judge(error) !== 'lost') throw error;
      this.#options.config.logger.info('the tasks begin anew from the last commit', { error: describeError(error) });
      await this.#beginAnew();
    }
  }

  async #commit(): Promise<void> {
    const outcome = await this.#committer.commit(this.#tasks.running);
    if (outcome === 'lost') await this.#beginAnew();
  }

  /** What was processed since the last commit counts for nothing: whoever is given the tasks next does it again. */
  async #beginAnew(): Promise<void> {
    await this.#lose();
    this.#session.member.requestRejoin('the tasks begin anew from the last commit');
  }

  /** What was processed in a round can be committed only when it has ended: who leaves in the middle of one waits for that. */
  async #awaitRoundEnd(): Promise<void> {
    const { clock } = this.#options.config;
    const deadlineMs = clock.monotonicMs() + END_TIMEOUT_MS;
    while (this.#isInRound && clock.monotonicMs() < deadlineMs) {
      this.#session.member.poll();
      // No task is taken up any more.
      const event = this.#session.take();
      if (event?.kind === 'assigned') this.#isInRound = false;
      else if (event !== undefined) await this.#handle(event);
      event?.settled();
      if (this.#isInRound) await new Promise<void>((resolve) => void clock.setTimer(ROUND_END_LOOK_MS, resolve));
    }
  }

  async #handleEvents(): Promise<void> {
    for (let event = this.#session.take(); event !== undefined; event = this.#session.take()) {
      try {
        await this.#handle(event);
      } finally {
        event.settled();
      }
    }
  }

  async #handle(event: GroupEvent): Promise<void> {
    switch (event.kind) {
      case 'joining':
        await this.#commit();
        this.#isInRound = true;
        return;
      case 'revoked':
        await this.#commit();
        await this.#tasks.revoke(event.partitions);
        this.#options.onChange();
        return;
      case 'lost':
        this.#isInRound = false;
        await this.#lose();
        return;
      case 'assigned':
        this.#isInRound = false;
        await this.#adopt(event.assignment);
        return;
    }
  }

  async #adopt({ userData }: GroupAssignment): Promise<void> {
    const assigned = decodeAssignment(userData);
    if (assigned.kind === 'failed') throw failureOf(assigned);
    const { tasks, pendingTasks, standbyTasks, warmupTasks, partitionCounts, members } = assigned;
    this.#members = members;
    this.#pendingTasks = pendingTasks;
    this.#counts = new Map(Object.entries(partitionCounts));
    if (this.#tasks.endsAny(tasks, this.#counts)) await this.#commit();
    // In this order: a copy that becomes the task opens the same state, and so does a task that becomes a copy.
    await this.#standbys.keep(standbyTasks, tasks);
    await this.#tasks.assign(tasks, this.#counts);
    await this.#standbys.add(standbyTasks, warmupTasks, this.#counts);
    this.#storedTasks = await this.#options.stateDirectory.storedTasks();
    this.#noteSteadiness();
    this.#options.onChange();
  }

  /** Others may run our tasks already: nothing of them may be committed or written. */
  async #lose(): Promise<void> {
    this.#setSteady(false);
    this.#pendingTasks = [];
    await this.#tasks.closeAll();
    await this.#output.takeBack();
  }

  #noteSteadiness(): void {
    this.#setSteady(this.#pendingTasks.length === 0 && this.#tasks.allRunning);
  }

  #setSteady(steady: boolean): void {
    if (this.#steady === steady) return;
    this.#steady = steady;
    this.#options.onChange();
  }

  async #end(failed: boolean): Promise<void> {
    const timeoutMs = END_TIMEOUT_MS;
    const { logger } = this.#options.config;
    const attempt = async (what: string, act: () => Promise<unknown>): Promise<void> => {
      try {
        await act();
      } catch (error) {
        logger.warn(`${what} failed while the application ended`, { error: describeError(error) });
      }
    };
    this.#setSteady(false);
    // After a failure nothing is committed: what was processed since the last commit is processed again.
    if (!failed) await attempt('the last commit', () => this.#committer.commit(this.#tasks.running));
    await attempt('closing the tasks', () => this.#tasks.closeAll());
    await attempt('closing the standby tasks', () => this.#standbys.closeAll());
    await attempt('closing the global stores', () => this.#globals.close(timeoutMs));
    await attempt('leaving the group', () =>
      this.#session.leave({ timeoutMs, groupMembership: this.#groupMembership }),
    );
    await attempt('closing the fetchers', () =>
      Promise.all(Object.values(this.#fetchers).map((fetcher) => fetcher.close({ timeoutMs }))),
    );
    await attempt('closing the producer', () => this.#output.close(failed ? 0 : timeoutMs));
  }

  #userData(): SubscriptionData {
    const { stateDirectory, config } = this.#options;
    return {
      processId: stateDirectory.processId,
      activeTasks: this.#tasks.assigned,
      pendingTasks: this.#pendingTasks,
      storedTasks: [...new Set([...this.#storedTasks, ...this.#standbys.tasks.keys()])],
      readyTasks: [...this.#tasks.running.map(({ id }) => id), ...this.#standbys.ready],
      applicationServer: config.applicationServer,
      wantsShutdown: this.#wantsShutdown,
    };
  }
}

/** How long each part may take to end before it is abandoned. */
const END_TIMEOUT_MS = 10_000;
const ROUND_END_LOOK_MS = 5;

/** Failures of a leader that all members know by their codes. */
const TOLD_CODES = ['MISSING_SOURCE_TOPIC', 'TOPOLOGY_INVALID', 'SHUTDOWN_REQUESTED'] as const;

function failureOf({ code, message }: { readonly code: string; readonly message: string }): StreamsError {
  const known = TOLD_CODES.find((each) => each === code) ?? 'STREAMS_FAILED';
  return new StreamsError(known, message, { context: { code } });
}

/** Waits that were ended by `signal` have no result; other failures are thrown. */
async function unlessAborted<T>(wait: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await wait;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
