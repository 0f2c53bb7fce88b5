import { assert } from '@millrace/base';
import type { FetchedPartition, IsolationLevel, OffsetToCommit, TopicPartition } from '@millrace/client';
import { type NextOffset, type Position, positionBefore } from '../../query/position.ts';
import type { ChangelogPosition } from '../../state/store-record.ts';
import type { TaskStores } from '../../state/task-stores.ts';
import { encodeCommittedMetadata } from './committed-metadata.ts';
import { FetchedRecords } from './fetched-records.ts';
import type { InputPartition, RecordTask } from './record-task.ts';

export type TaskState = 'created' | 'restoring' | 'running' | 'closed';

const MOVES: Readonly<Record<TaskState, readonly TaskState[]>> = {
  created: ['restoring', 'closed'],
  restoring: ['running', 'closed'],
  running: ['closed'],
  closed: [],
};

/** A changelog partition of a task: the topic's id says whether stored offsets still mean something. */
export type TaskChangelog = TopicPartition & {
  readonly store: string;
  readonly topicId: string;
  /** A source topic that stands for a changelog. */
  readonly isSourceTopic: boolean;
};

export type ActiveTaskParts = {
  readonly id: string;
  readonly inputs: readonly InputPartition[];
  readonly changelogs: readonly TaskChangelog[];
  readonly stores: TaskStores;
  readonly records: RecordTask;
  readonly isolationLevel: IsolationLevel;
};

/** A task on its thread: where it is in its life, how far it got, and whether it may go on. */
export class ActiveTask {
  readonly id: string;
  readonly inputs: readonly InputPartition[];
  readonly changelogs: readonly TaskChangelog[];
  readonly stores: TaskStores;
  readonly records: RecordTask;
  readonly #isolationLevel: IsolationLevel;
  /** Where each input began. */
  readonly #begun: readonly NextOffset[];
  #state: TaskState = 'created';
  #hasProgress = false;
  #processedCount = 0;
  /** Since when the task has had records of some partitions only, on the monotonic clock. */
  #waitingSinceMs: number | null = null;

  constructor(parts: ActiveTaskParts) {
    this.id = parts.id;
    this.inputs = parts.inputs;
    this.changelogs = parts.changelogs;
    this.stores = parts.stores;
    this.records = parts.records;
    this.#isolationLevel = parts.isolationLevel;
    this.#begun = parts.inputs.map(({ topic, partition, fetchedOffset: offset }) => ({ topic, partition, offset }));
  }

  get state(): TaskState {
    return this.#state;
  }

  move(to: TaskState): void {
    assert(MOVES[this.#state].includes(to), `task ${this.id} cannot go from ${this.#state} to ${to}`);
    this.#state = to;
  }

  enqueue(fetched: FetchedPartition): void {
    const input = this.inputs.find(
      ({ topic, partition }) => topic === fetched.topic && partition === fetched.partition,
    );
    assert(input !== undefined, `${fetched.topic}:${fetched.partition} is no input of task ${this.id}`);
    input.fetchedOffset = fetched.nextOffset;
    // Records behind the last stable offset are not there yet for a reader of committed ones.
    input.endOffset = this.#isolationLevel === 'read_committed' ? fetched.lastStableOffset : fetched.highWatermark;
    this.records.enqueue(fetched.topic, fetched.partition, new FetchedRecords(fetched));
    // Even without a record to process: markers and records that are skipped move the position on, too.
    this.#hasProgress = true;
  }

  /** Whether a record can be processed now. */
  canProcess(nowMs: number, maxTaskIdleMs: number): boolean {
    return this.records.hasQueued && this.isReady(nowMs, maxTaskIdleMs);
  }

  /**
   * Whether the earliest record is known: every partition has one queued, or has nothing more on the broker and
   * `maxTaskIdleMs` has passed; -1 never waits. (Kafka Streams: max.task.idle.ms, KIP-695.)
   */
  isReady(nowMs: number, maxTaskIdleMs: number): boolean {
    if (maxTaskIdleMs < 0 || this.records.allQueued) {
      this.#waitingSinceMs = null;
      return true;
    }
    for (const { topic, partition, fetchedOffset, endOffset } of this.inputs) {
      if (fetchedOffset < endOffset && this.records.bufferedRecords(topic, partition) === 0) return false;
    }
    if (maxTaskIdleMs === 0) return true;
    this.#waitingSinceMs ??= nowMs;
    return nowMs - this.#waitingSinceMs >= maxTaskIdleMs;
  }

  /** Processes records until none is ready or `deadlineMs` has passed; returns how many. */
  process(now: () => number, deadlineMs: number, maxTaskIdleMs: number): number {
    const { records } = this;
    let count = 0;
    let nowMs = now();
    let queuedInputs = -1;
    while (nowMs < deadlineMs) {
      // Which record is the earliest becomes uncertain only when a queue has run empty.
      if (records.queuedInputs !== queuedInputs && !this.isReady(nowMs, maxTaskIdleMs)) break;
      queuedInputs = records.queuedInputs;
      if (!records.processOne()) break;
      count++;
      // Asking the clock costs as much as a light record, so a few go by between two looks.
      if (count % RECORDS_PER_CLOCK_LOOK === 0) nowMs = now();
    }
    if (count > 0) this.#hasProgress = true;
    this.#processedCount += count;
    return count;
  }

  /** Records so far. */
  get processedCount(): number {
    return this.#processedCount;
  }

  /** The last offset of each input that the state has; what was done before this task began counts as well. */
  get position(): Position {
    return positionBefore([...this.#begun, ...this.records.consumed()]);
  }

  /** Records that wait for their turn. */
  get bufferedCount(): number {
    return this.inputs.reduce((sum, { topic, partition }) => sum + this.records.bufferedRecords(topic, partition), 0);
  }

  punctuate(): void {
    if (this.records.punctuate()) this.#hasProgress = true;
  }

  /** Whether a commit would say anything new. */
  get needsCommit(): boolean {
    return this.#hasProgress || this.records.commitRequested || this.stores.uncommittedBytes > 0;
  }

  offsetsToCommit(): OffsetToCommit[] {
    const { processorMetadata } = this.records;
    return this.records.consumed().map(({ topic, partition, offset, partitionTimeMs }) => ({
      topic,
      partition,
      offset,
      metadata: encodeCommittedMetadata({ partitionTimeMs, processorMetadata }),
    }));
  }

  /** Writes what the commit covered to the engine, with the changelog positions it reached. */
  committed(deliveredOffset: (topic: string, partition: number) => number | undefined): void {
    const positions = new Map<string, ChangelogPosition>();
    const consumed = this.records.consumed();
    for (const { store, topic, partition, topicId } of this.changelogs) {
      // A source topic that stands for a changelog counts as far as it was processed.
      const input = consumed.find((position) => position.topic === topic && position.partition === partition);
      const offset = input === undefined ? deliveredOffset(topic, partition) : input.offset;
      if (offset !== undefined) positions.set(store, { topicId, offset });
    }
    this.stores.writeCommitted(positions);
    this.records.committed();
    this.#hasProgress = false;
  }

  /** Ends the task. What no commit covered is dropped: it is made again by whoever runs the task next. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.move('closed');
    this.records.close();
    await this.stores.close();
  }
}

const RECORDS_PER_CLOCK_LOOK = 16;
