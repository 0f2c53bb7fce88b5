import type { Fetcher, TopicPartition } from '@millrace/client';
import type { ChangelogRestorer, RestoreTarget } from '../../state/restore.ts';
import type { ActiveTask } from './active-task.ts';
import type { TaskFactory } from './task-factory.ts';

export type TaskManagerOptions = {
  readonly factory: TaskFactory;
  readonly fetcher: Fetcher;
  readonly restorer: ChangelogRestorer;
  /** Names the partition whose records wait: paused above this many records. */
  readonly bufferedRecordsPerPartition: number;
};

/** The tasks of one application on one thread: made, restored, suspended and closed as the group says. */
export class TaskManager {
  readonly #options: TaskManagerOptions;
  readonly #tasks = new Map<string, ActiveTask>();
  readonly #taskOfPartition = new Map<string, ActiveTask>();
  #createdCount = 0;
  #endedProcessedCount = 0;

  constructor(options: TaskManagerOptions) {
    this.#options = options;
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

  /** Tasks whose state is whole: those that run, and those that wait for the end of a round. */
  get upToDate(): ActiveTask[] {
    return [...this.#tasks.values()].filter(({ state }) => state === 'running' || state === 'suspended');
  }

  /** Whether every task that is assigned can process. */
  get allRunning(): boolean {
    return [...this.#tasks.values()].every(({ state }) => state === 'running');
  }

  taskOf(topic: string, partition: number): ActiveTask | undefined {
    return this.#taskOfPartition.get(`${topic}:${partition}`);
  }

  /** Brings the tasks to what is assigned: suspended ones go on, others are closed, new ones made and restored. */
  async assign(wanted: readonly string[], counts: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, task] of this.#tasks) {
      if (!wanted.includes(id) || !this.#readsTheSame(task, counts)) await this.#close(task);
    }
    const missing: string[] = [];
    for (const id of wanted) {
      const task = this.#tasks.get(id);
      if (task === undefined) missing.push(id);
      else if (task.state === 'suspended') this.#run(task);
    }
    await this.#restore(await this.#create(missing, counts));
  }

  /** Stops processing while the group shares out anew; what was processed must be committed before. */
  async suspendAll(): Promise<void> {
    for (const task of this.#tasks.values()) {
      if (task.state === 'running') {
        this.#stopFetching(task);
        task.move('suspended');
      } else if (task.state === 'restoring' || task.state === 'created') await this.#close(task);
    }
  }

  async closeAll(): Promise<void> {
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

  /** Side by side: opening state and asking brokers is mostly waiting. */
  async #create(ids: readonly string[], counts: ReadonlyMap<string, number>): Promise<ActiveTask[]> {
    const outcomes = await Promise.allSettled(ids.map((id) => this.#options.factory.create(id, counts)));
    const created = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    this.#createdCount += created.length;
    for (const task of created) {
      this.#tasks.set(task.id, task);
      for (const { topic, partition } of task.inputs) this.#taskOfPartition.set(`${topic}:${partition}`, task);
    }
    // Told only now that the others are known: they have to be closed with the application.
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return created;
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
