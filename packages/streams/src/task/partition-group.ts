import { PriorityQueue } from '../lib/priority-queue.ts';
import type { RecordQueue } from './record-queue.ts';

/**
 * The queues of a task. The next record is the one with the smallest timestamp among the heads; within a partition the
 * order is never changed.
 */
export class PartitionGroup {
  readonly #queues: RecordQueue[];
  readonly #ready = new PriorityQueue<RecordQueue>((a, b) => a.headTimestamp - b.headTimestamp);
  #streamTimeMs = -1;

  constructor(queues: readonly RecordQueue[]) {
    this.#queues = [...queues];
  }

  /** One more, empty. */
  add(queue: RecordQueue): void {
    this.#queues.push(queue);
  }

  get queues(): readonly RecordQueue[] {
    return this.#queues;
  }

  /** The highest timestamp that was taken, -1 before the first. */
  get streamTimeMs(): number {
    return this.#streamTimeMs;
  }

  /** Whether every queue has a head, so that the next record is certain. */
  get isComplete(): boolean {
    return this.#ready.size === this.#queues.length;
  }

  /** How many queues have a head. */
  get size(): number {
    return this.#ready.size;
  }

  get isEmpty(): boolean {
    return this.#ready.size === 0;
  }

  /** Must be told when a queue that was empty has a head. */
  filled(queue: RecordQueue): void {
    this.#ready.add(queue);
  }

  /** The queue whose record is the next, which is given out of it; it must be given back by {@link done}. */
  take(): RecordQueue | null {
    const queue = this.#ready.poll();
    if (queue === undefined) return null;
    if (queue.headTimestamp > this.#streamTimeMs) this.#streamTimeMs = queue.headTimestamp;
    return queue;
  }

  done(queue: RecordQueue): void {
    queue.advance();
    if (queue.isReady) this.filled(queue);
  }
}
