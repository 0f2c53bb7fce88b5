import type { Fetcher } from '@millrace/client';
import type { ChangelogRestorer, RestoreTarget } from '../state/restore.ts';
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

  constructor(options: TaskManagerOptions) {
    this.#options = options;
  }

  get tasks(): ReadonlyMap<string, ActiveTask> {
    return this.#tasks;
  }

  get running(): ActiveTask[] {
    return [...this.#tasks.values()].filter(({ state }) => state === 'running');
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
    for (const [id, task] of this.#tasks) if (!wanted.includes(id)) await this.#close(task);
    for (const id of wanted) {
      const task = this.#tasks.get(id);
      if (task?.state === 'suspended') this.#run(task);
      else if (task === undefined) await this.#create(id, counts);
    }
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

  async #create(id: string, counts: ReadonlyMap<string, number>): Promise<void> {
    const task = await this.#options.factory.create(id, counts);
    this.#tasks.set(id, task);
    for (const { topic, partition } of task.inputs) this.#taskOfPartition.set(`${topic}:${partition}`, task);
    task.move('restoring');
    const targets = task.changelogs.map((changelog): RestoreTarget => {
      const input = task.inputs.find(
        ({ topic, partition }) => topic === changelog.topic && partition === changelog.partition,
      );
      return { ...changelog, stores: task.stores, endOffset: input?.fetchedOffset ?? null };
    });
    const open = new Set(targets);
    if (open.size === 0) this.#run(task);
    await this.#options.restorer.add(targets, (target) => {
      open.delete(target as RestoreTarget);
      if (open.size === 0) this.#run(task);
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
    for (const { topic, partition } of task.inputs) this.#taskOfPartition.delete(`${topic}:${partition}`);
    await task.close();
  }
}
