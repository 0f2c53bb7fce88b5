import { StreamsError } from '../../errors.ts';
import {
  answerQuestion,
  GLOBAL_PARTITION,
  type HeldStore,
  type PartitionAnswer,
  type StoreQuestion,
} from '../../query/answer-question.ts';
import type { StoreLag } from '../../query/store-lag.ts';
import { partitionOfTask } from '../layout/task-id.ts';
import type { ApplicationOptions } from '../loop/application-parts.ts';
import { ApplicationRuntime } from '../loop/application-runtime.ts';
import type { Metric } from '../loop/metrics.ts';
import type { StandbyTask } from '../tasks/standby-task.ts';
import type { StandbyTasks } from '../tasks/standby-tasks.ts';
import type { StopOptions, StreamThread, ThreadHooks, ThreadView } from './stream-thread.ts';

/** A thread that shares the isolate and its event loop with whoever made it. */
export class LocalThread implements StreamThread {
  readonly name: string;
  readonly #options: Omit<ApplicationOptions, 'onChange'>;
  readonly #runtime: ApplicationRuntime;
  readonly #ended: Promise<void>;

  /** Starts at once. */
  constructor(options: Omit<ApplicationOptions, 'onChange'>, hooks: ThreadHooks) {
    this.name = options.threadName;
    this.#options = options;
    const config = { ...options.config, ...hooks.listeners };
    this.#runtime = new ApplicationRuntime({ ...options, config, onChange: hooks.onChange });
    this.#ended = this.#runtime.run().then(
      () => hooks.onEnd({ kind: 'stopped' }),
      (error: unknown) => hooks.onEnd({ kind: 'failed', error }),
    );
  }

  get view(): ThreadView {
    const { isSteady, tasks, standbys, members, partitionCounts } = this.#runtime;
    return { isSteady, tasks: [...tasks.keys()], standbyTasks: [...standbys.tasks.keys()], members, partitionCounts };
  }

  async query(question: StoreQuestion): Promise<readonly PartitionAnswer[]> {
    if (question.requireSteady && !this.#runtime.isSteady) {
      const message = 'the stores cannot be queried while tasks are being shared out';
      throw new StreamsError('INVALID_STATE_STORE', message, { retriable: true });
    }
    const { store, requireActive, positionBound } = question;
    const { standbys } = this.#runtime;
    if (!requireActive && Object.keys(positionBound).length > 0) await standbys.look(copiesOf(standbys, store));
    return answerQuestion(question, this.#held(store), this.#options.config.clock);
  }

  async metrics(): Promise<readonly Metric[]> {
    return this.#runtime.metrics;
  }

  lags(): Promise<readonly StoreLag[]> {
    return this.#runtime.lags();
  }

  pause(): void {
    this.#runtime.pause();
  }

  resume(): void {
    this.#runtime.resume();
  }

  requestShutdown(): void {
    this.#runtime.requestShutdown();
  }

  async stop({ groupMembership }: StopOptions): Promise<void> {
    this.#runtime.requestStop(groupMembership);
    await this.#ended;
  }

  /** It shares its isolate with others: what goes on in it ends with the process. */
  async abandon(): Promise<void> {}

  /** The stores of this name that are in this thread now, by partition. */
  #held(name: string): readonly HeldStore[] {
    const { spec } = this.#options.topology.stores.get(name)!;
    const { globals, tasks, standbys } = this.#runtime;
    if (globals.has(name)) {
      const store = globals.store(name);
      const own = { spec, store, uncached: () => store, task: 'global', partition: GLOBAL_PARTITION };
      return [{ ...own, isActive: true, position: () => globals.position, isHeld: () => true }];
    }
    const held: HeldStore[] = [];
    for (const task of tasks.values()) {
      if (!task.stores.has(name)) continue;
      held.push({
        spec,
        store: task.stores.store(name),
        uncached: () => task.stores.uncached(name),
        task: task.id,
        partition: partitionOfTask(task.id),
        isActive: task.state === 'running',
        position: () => task.position,
        isHeld: () => tasks.get(task.id) === task,
      });
    }
    for (const copy of copiesOf(standbys, name)) {
      held.push({
        spec,
        store: copy.stores.store(name),
        uncached: () => copy.stores.uncached(name),
        task: copy.id,
        partition: partitionOfTask(copy.id),
        isActive: false,
        position: () => standbys.positionOf(copy),
        isHeld: () => standbys.tasks.get(copy.id) === copy,
      });
    }
    // Tasks stand in the order in which they were made; rows are given partition by partition.
    return held.sort((a, b) => a.partition - b.partition);
  }
}

function copiesOf({ tasks }: Pick<StandbyTasks, 'tasks'>, store: string): readonly StandbyTask[] {
  return [...tasks.values()].filter(({ stores }) => stores.has(store));
}
