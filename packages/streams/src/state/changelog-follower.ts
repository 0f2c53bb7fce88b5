import { assert } from '@millrace/base';
import type { Admin, FetchedPartition, Fetcher, TopicPartition } from '@millrace/client';
import { applyChangelog, beginningOf, type ChangelogTarget } from './changelog-records.ts';
import type { TaskStores } from './task-stores.ts';

/** Why a copy does not follow any more: its task runs here now, or the copy is elsewhere. */
export type StandbySuspension = 'PROMOTED' | 'MIGRATED';

/** Hears of each copy of a store that follows its changelog. (Kafka Streams: StandbyUpdateListener, KIP-988.) */
export type StandbyUpdateListener = {
  readonly onUpdateStart?: (changelog: TopicPartition, store: string, fromOffset: number) => void;
  readonly onBatchLoaded?: (
    changelog: TopicPartition,
    store: string,
    nextOffset: number,
    count: number,
    endOffset: number,
  ) => void;
  readonly onUpdateSuspended?: (
    changelog: TopicPartition,
    store: string,
    nextOffset: number,
    endOffset: number,
    reason: StandbySuspension,
  ) => void;
};

/** A store that follows its changelog. */
export type FollowTarget = ChangelogTarget & {
  /**
   * Whether it may go to the end of the log at once. A source topic counts up to what was processed of it: its copy
   * waits for {@link ChangelogFollower.raise}.
   */
  readonly isLimited: boolean;
};

type Following = ChangelogTarget & {
  nextOffset: number;
  /** Not further than this; null before it was said. */
  limitOffset: number | null;
  /** Where the log ended when it was last heard of. */
  endOffset: number;
  isFetched: boolean;
};

/** Keeps the stores of standby tasks as their changelogs are, record by record, for as long as they follow. */
export class ChangelogFollower {
  readonly #fetcher: Fetcher;
  readonly #admin: Admin;
  readonly #listener: StandbyUpdateListener;
  readonly #following = new Map<string, Following>();

  constructor(options: { readonly fetcher: Fetcher; readonly admin: Admin; readonly listener: StandbyUpdateListener }) {
    this.#fetcher = options.fetcher;
    this.#admin = options.admin;
    this.#listener = options.listener;
  }

  /** How far a changelog has been followed. */
  nextOffset(changelog: TopicPartition): number | undefined {
    return this.#following.get(nameOf(changelog))?.nextOffset;
  }

  /** Begins with some stores, each from the offset that lies beside its data. */
  async add(targets: readonly FollowTarget[]): Promise<void> {
    if (targets.length === 0) return;
    const [earliest, latest] = await Promise.all([
      this.#admin.listOffsets(targets, 'earliest'),
      this.#admin.listOffsets(targets, 'latest'),
    ]);
    const offsetIn = (list: typeof earliest, target: TopicPartition): number =>
      list.find(({ topic, partition }) => topic === target.topic && partition === target.partition)!.offset;
    for (const target of targets) {
      const endOffset = offsetIn(latest, target);
      const nextOffset = beginningOf(target, offsetIn(earliest, target), endOffset);
      const limitOffset = target.isLimited ? null : Number.MAX_SAFE_INTEGER;
      const following = { ...target, nextOffset, endOffset, limitOffset, isFetched: false };
      this.#following.set(nameOf(target), following);
      this.#listener.onUpdateStart?.(toPartition(target), target.store, nextOffset);
      this.#fetch(following);
    }
  }

  /** Lets a store follow as far as this. */
  raise({ topic, partition }: TopicPartition, limitOffset: number): void {
    const following = this.#following.get(nameOf({ topic, partition }));
    if (following === undefined || limitOffset <= (following.limitOffset ?? -1)) return;
    following.limitOffset = limitOffset;
    this.#fetch(following);
  }

  /** Applies what was fetched meanwhile; waits for nothing. */
  async step(): Promise<void> {
    for (const fetched of await this.#fetcher.poll({ maxWaitMs: 0 })) {
      const following = this.#following.get(nameOf(fetched));
      if (following !== undefined) this.#apply(following, fetched);
    }
  }

  /**
   * How many offsets the stores of a task are behind, all together; infinite where nobody said how far they may go.
   */
  lagOf(stores: TaskStores): number {
    let lag = 0;
    for (const following of this.#following.values()) {
      if (following.stores !== stores) continue;
      const { nextOffset, endOffset, limitOffset } = following;
      if (limitOffset === null) return Number.POSITIVE_INFINITY;
      lag += Math.max(Math.min(endOffset, limitOffset) - nextOffset, 0);
    }
    return lag;
  }

  /** Lets go of a task's stores. */
  remove(stores: TaskStores, reason: StandbySuspension): void {
    for (const [name, following] of this.#following) {
      if (following.stores !== stores) continue;
      this.#following.delete(name);
      if (following.isFetched) this.#fetcher.unassign(following.topic, following.partition);
      const { store, nextOffset, endOffset } = following;
      this.#listener.onUpdateSuspended?.(toPartition(following), store, nextOffset, endOffset, reason);
    }
  }

  #fetch(following: Following): void {
    const { topic, partition, nextOffset, limitOffset, isFetched } = following;
    if (isFetched || limitOffset === null || nextOffset >= limitOffset) return;
    following.isFetched = true;
    this.#fetcher.assign(topic, partition, nextOffset);
  }

  #apply(following: Following, fetched: FetchedPartition): void {
    const { topic, partition, limitOffset } = following;
    assert(limitOffset !== null, 'what is fetched has a limit');
    const count = applyChangelog(following, fetched, limitOffset);
    following.nextOffset = Math.min(fetched.nextOffset, limitOffset);
    following.endOffset = fetched.highWatermark;
    const { store, nextOffset, endOffset } = following;
    this.#listener.onBatchLoaded?.(toPartition(following), store, nextOffset, count, endOffset);
    if (following.nextOffset < limitOffset) return;
    following.isFetched = false;
    this.#fetcher.unassign(topic, partition);
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}:${partition}`;
}

function toPartition({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}
