import type { RecordQueue } from './record-queue.ts';

/**
 * The queues of a task. The next record is the one with the smallest timestamp among the heads; within a partition the
 * order is never changed. Queues with a head stand in a binary heap.
 */
export class PartitionGroup {
  readonly #queues: RecordQueue[];
  readonly #heap: RecordQueue[] = [];
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
    return this.#heap.length === this.#queues.length;
  }

  /** How many queues have a head. */
  get size(): number {
    return this.#heap.length;
  }

  get isEmpty(): boolean {
    return this.#heap.length === 0;
  }

  /** Must be told when a queue that was empty has a head. */
  filled(queue: RecordQueue): void {
    this.#heap.push(queue);
    this.#siftUp(this.#heap.length - 1);
  }

  /** The queue whose record is the next, which is given out of it; it must be given back by {@link done}. */
  take(): RecordQueue | null {
    const queue = this.#heap[0];
    if (queue === undefined) return null;
    const last = this.#heap.pop()!;
    if (last !== queue) {
      this.#heap[0] = last;
      this.#siftDown(0);
    }
    if (queue.headTimestamp > this.#streamTimeMs) this.#streamTimeMs = queue.headTimestamp;
    return queue;
  }

  done(queue: RecordQueue): void {
    queue.advance();
    if (queue.isReady) this.filled(queue);
  }

  #siftUp(start: number): void {
    const heap = this.#heap;
    const queue = heap[start]!;
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (queue.headTimestamp >= heap[parent]!.headTimestamp) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = queue;
  }

  #siftDown(start: number): void {
    const heap = this.#heap;
    const queue = heap[start]!;
    const half = heap.length >>> 1;
    let at = start;
    while (at < half) {
      let child = 2 * at + 1;
      const right = child + 1;
      if (right < heap.length && heap[child]!.headTimestamp > heap[right]!.headTimestamp) child = right;
      if (queue.headTimestamp <= heap[child]!.headTimestamp) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = queue;
  }
}
