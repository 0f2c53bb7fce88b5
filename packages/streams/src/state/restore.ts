import type { Admin, FetchedPartition, Fetcher, TopicPartition } from '@millrace/client';
import { applyChangelog, beginningOf, type ChangelogTarget } from './changelog-records.ts';
import type { TaskStores } from './task-stores.ts';

/** Hears of each store that is restored. (Kafka Streams: StateRestoreListener.) */
export type RestoreListener = {
  readonly onRestoreStart?: (changelog: TopicPartition, store: string, fromOffset: number, endOffset: number) => void;
  readonly onBatchRestored?: (changelog: TopicPartition, store: string, nextOffset: number, count: number) => void;
  readonly onRestoreEnd?: (changelog: TopicPartition, store: string, total: number) => void;
  /** The task moved away before it was done. */
  readonly onRestoreSuspended?: (changelog: TopicPartition, store: string, total: number) => void;
};

/** A store that must hold what its changelog partition says before its task can run. */
export type RestoreTarget = ChangelogTarget & {
  /** Where to stop, if that is not the end of the log: a source topic counts up to what was processed of it. */
  readonly endOffset: number | null;
};

type Restoring = RestoreTarget & {
  nextOffset: number;
  readonly endOffset: number;
  restoredCount: number;
  readonly done: () => void;
};

/** Restores stores from their changelogs, each from the offset that lies beside its data. */
export class ChangelogRestorer {
  readonly #fetcher: Fetcher;
  readonly #admin: Admin;
  readonly #listener: RestoreListener;
  readonly #restoring = new Map<string, Restoring>();
  #restoredCount = 0;

  constructor(options: { readonly fetcher: Fetcher; readonly admin: Admin; readonly listener: RestoreListener }) {
    this.#fetcher = options.fetcher;
    this.#admin = options.admin;
    this.#listener = options.listener;
  }

  /** Records so far. */
  get restoredCount(): number {
    return this.#restoredCount;
  }

  /** How far a changelog has been restored that is not yet up to date. */
  nextOffset(changelog: TopicPartition): number | undefined {
    return this.#restoring.get(nameOf(changelog))?.nextOffset;
  }

  get isIdle(): boolean {
    return this.#restoring.size === 0;
  }

  /** Begins with some stores; `done` is called for each when it is up to date, at once if it is already. */
  async add(targets: readonly RestoreTarget[], done: (target: RestoreTarget) => void): Promise<void> {
    if (targets.length === 0) return;
    const [earliest, latest] = await Promise.all([
      this.#admin.listOffsets(targets, 'earliest'),
      this.#admin.listOffsets(targets, 'latest'),
    ]);
    const firsts = new Map(earliest.map((listed) => [nameOf(listed), listed.offset]));
    const ends = new Map(latest.map((listed) => [nameOf(listed), listed.offset]));
    for (const target of targets) {
      const name = nameOf(target);
      const endOffset = Math.min(target.endOffset ?? Number.MAX_SAFE_INTEGER, ends.get(name)!);
      const nextOffset = beginningOf(target, firsts.get(name)!, ends.get(name)!);
      if (nextOffset >= endOffset) {
        done(target);
        continue;
      }
      this.#restoring.set(name, { ...target, nextOffset, endOffset, restoredCount: 0, done: () => done(target) });
      this.#fetcher.assign(target.topic, target.partition, nextOffset);
      this.#listener.onRestoreStart?.(toPartition(target), target.store, nextOffset, endOffset);
    }
  }

  /** Applies what was fetched, waiting up to `maxWaitMs` for it. */
  async step(maxWaitMs: number, signal: AbortSignal): Promise<void> {
    for (const fetched of await this.#fetcher.poll({ maxWaitMs, signal })) {
      const restoring = this.#restoring.get(nameOf(fetched));
      if (restoring !== undefined) this.#apply(restoring, fetched);
    }
  }

  /** Gives up the stores of a task that moves away; what was applied so far stays, with its position. */
  remove(stores: TaskStores): void {
    for (const [name, restoring] of this.#restoring) {
      if (restoring.stores !== stores) continue;
      this.#restoring.delete(name);
      this.#fetcher.unassign(restoring.topic, restoring.partition);
      this.#listener.onRestoreSuspended?.(toPartition(restoring), restoring.store, restoring.restoredCount);
    }
  }

  #apply(restoring: Restoring, fetched: FetchedPartition): void {
    const nextOffset = Math.min(fetched.nextOffset, restoring.endOffset);
    const count = applyChangelog(restoring, fetched, restoring.endOffset);
    restoring.nextOffset = nextOffset;
    restoring.restoredCount += count;
    this.#restoredCount += count;
    this.#listener.onBatchRestored?.(toPartition(restoring), restoring.store, nextOffset, count);
    if (nextOffset < restoring.endOffset) return;
    this.#restoring.delete(nameOf(restoring));
    this.#fetcher.unassign(restoring.topic, restoring.partition);
    this.#listener.onRestoreEnd?.(toPartition(restoring), restoring.store, restoring.restoredCount);
    restoring.done();
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}:${partition}`;
}

function toPartition({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}
