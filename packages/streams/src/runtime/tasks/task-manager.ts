import type { Fetcher, TopicPartition } from '@millrace/client';
import type { ChangelogRestorer, RestoreTarget } from '../../state/restore.ts';
import type { ActiveTask } from './active-task.ts';
import type { TaskFactory } from './task-factory.ts';
import { TaskOpenings, type TaskOpeningsOptions } from './task-openings.ts';

export type TaskManagerOptions = {
  readonly factory: TaskFactory;
  readonly fetcher: Fetcher;
  readonly restorer: ChangelogRestorer;
  /** Names the partition whose records wait: paused above this many records. */
  readonly bufferedRecordsPerPartition: number;
} & Omit<TaskOpeningsOptions, 'create'>;

/** The tasks of one application on one thread: made, restored and closed as the group says. */
export class TaskManager {
  readonly #options: TaskManagerOptions;
  readonly #tasks = new Map<string, ActiveTask>();
  readonly #taskOfPartition = new Map<string, ActiveTask>();
  readonly #openings: TaskOpenings;
  #createdCount = 0;
  #endedProcessedCount = 0;

  constructor(options: TaskManagerOptions) {
    this.#options = options;
    const { factory } = options;
    this.#openings = new TaskOpenings({ ...options, create: (id, counts) => factory.create(id, counts) });
  }

  get tasks(): ReadonlyMap<string, ActiveTask> {
    return this.#tasks;
  }

  /** Tasks that were made, so far. */
  get createdCount(): number {
    return this.#createdCount;
  }

  /** Records that tasks processed which are closed. */
  get endedProcessedCount(): number {
    return this.#endedProcessedCount;
  }

  get running(): ActiveTask[] {
    return [...this.#tasks.values()].filter(({ state }) => state === 'running');
  }

  /** All that are assigned: those that are still being made, too. */
  get assigned(): readonly string[] {
    return [...this.#tasks.keys(), ...this.#openings.ids];
  }

  /** Whether every task that is assigned can process. */
  get allRunning(): boolean {
    return this.#openings.ids.length === 0 && [...this.#tasks.values()].every(({ state }) => state === 'running');
  }

  taskOf(topic: string, partition: number): ActiveTask | undefined {
    return this.#taskOfPartition.get(`${topic}:${partition}`);
  }

  /** Whether there are tasks that this assignment ends: to be committed for before. */
  endsAny(wanted: readonly string[], counts: ReadonlyMap<string, number>): boolean {
    return [...this.#tasks].some(([id, task]) => !wanted.includes(id) || !this.#readsTheSame(task, counts));
  }

  /** Brings the tasks to what is assigned: those that stay go on, others are closed, new ones are begun with. */
  async assign(wanted: readonly string[], counts: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, task] of this.#tasks) {
      if (!wanted.includes(id) || !this.#readsTheSame(task, counts)) await this.#close(task);
    }
    // Those that are being made are begun anew, lest they read what an earlier round said.
    await this.#openings.cancel(this.#openings.ids);
    for (const id of wanted) if (!this.#tasks.has(id)) this.#openings.begin(id, counts);
  }

  /** Takes up what has been made meanwhile; says whether there was anything. */
  async step(): Promise<boolean> {
    const made = this.#openings.take();
    if (made.length === 0) return false;
    this.#createdCount += made.length;
    for (const task of made) {
      this.#tasks.set(task.id, task);
      for (const { topic, partition } of task.inputs) this.#taskOfPartition.set(`${topic}:${partition}`, task);
    }
    await this.#restore(made);
    return true;
  }

  /** Closes the tasks that read any of these; what was processed must be committed before. */
  async revoke(partitions: readonly TopicPartition[]): Promise<void> {
    const tasks = new Set(partitions.flatMap(({ topic, partition }) => this.taskOf(topic, partition) ?? []));
    for (const task of tasks) await this.#close(task);
    const isRevoked = (input: TopicPartition): boolean => partitions.some((partition) => isSame(partition, input));
    const { factory } = this.#options;
    const opening = this.#openings.all.filter(({ id, counts }) => factory.inputsOf(id, counts).some(isRevoked));
    await this.#openings.cancel(opening.map(({ id }) => id));
  }

  async closeAll(): Promise<void> {
    await this.#openings.cancel(this.#openings.ids);
    for (const task of this.#tasks.values()) await this.#close(task);
  }

  /** Takes partitions that have enough queued out of the fetches, and puts back those that ran low. */
  limitQueues(): void {
    const { fetcher, bufferedRecordsPerPartition } = this.#options;
    for (const task of this.running) {
      for (const { topic, partition } of task.inputs) {
        const isFull = task.records.bufferedRecords(topic, partition) > bufferedRecordsPerPartition;
        if (isFull === fetcher.isPaused(topic, partition)) continue;
        if (isFull) fetcher.pause(topic, partition);
        else fetcher.resume(topic, partition);
      }
    }
  }

  /** A topic that a pattern matches may have come, or gone. */
  #readsTheSame(task: ActiveTask, counts: ReadonlyMap<string, number>): boolean {
    const inputs = this.#options.factory.inputsOf(task.id, counts);
    return inputs.length === task.inputs.length && inputs.every((input, at) => isSame(input, task.inputs[at]!));
  }

  /** Each task runs as soon as all its stores are up to date. */
  async #restore(tasks: readonly ActiveTask[]): Promise<void> {
    const waiting = new Map<RestoreTarget, ActiveTask>();
    const open = new Map<ActiveTask, number>();
    for (const task of tasks) {
      task.move('restoring');
      for (const target of targetsOf(task)) waiting.set(target, task);
      open.set(task, task.changelogs.length);
      if (task.changelogs.length === 0) this.#run(task);
    }
    await this.#options.restorer.add([...waiting.keys()], (target) => {
      const task = waiting.get(target)!;
      const left = open.get(task)! - 1;
      open.set(task, left);
      if (left === 0) this.#run(task);
    });
  }

  #run(task: ActiveTask): void {
    task.move('running');
    for (const { topic, partition, fetchedOffset } of task.inputs) {
      this.#options.fetcher.assign(topic, partition, fetchedOffset);
    }
  }

  #stopFetching(task: ActiveTask): void {
    for (const { topic, partition } of task.inputs) this.#options.fetcher.unassign(topic, partition);
  }

  async #close(task: ActiveTask): Promise<void> {
    if (task.state === 'running') this.#stopFetching(task);
    if (task.state === 'restoring') this.#options.restorer.remove(task.stores);
    this.#tasks.delete(task.id);
    this.#endedProcessedCount += task.processedCount;
    for (const { topic, partition } of task.inputs) this.#taskOfPartition.delete(`${topic}:${partition}`);
    await task.close();
  }
}

/** What a task's stores must hold. A source topic that stands for a changelog counts up to what was processed of it. */
function targetsOf(task: ActiveTask): RestoreTarget[] {
  return task.changelogs.map((changelog) => {
    const input = task.inputs.find((candidate) => isSame(candidate, changelog));
    return { ...changelog, stores: task.stores, endOffset: input?.fetchedOffset ?? null };
  });
}

function isSame(a: TopicPartition, b: TopicPartition): boolean {
  return a.topic === b.topic && a.partition === b.partition;
}
