import type { LogEnd } from './log-writer.ts';

/** The end of what may be read of a log, and those who wait for it to move. */
export class VisibleEnd {
  readonly #watchers = new Set<() => void>();
  #end: LogEnd;
  #appendedBytes = 0;

  constructor(end: LogEnd) {
    this.#end = end;
  }

  get end(): LogEnd {
    return this.#end;
  }

  /** All bytes that ever became visible. */
  get appendedBytes(): number {
    return this.#appendedBytes;
  }

  /** Everything up to here is durable: moves on, and wakes who waits. */
  advance(end: LogEnd): void {
    if (end.offset < this.#end.offset) return;
    const isSameSegment = end.segment === this.#end.segment;
    this.#appendedBytes += isSameSegment ? end.position - this.#end.position : end.position;
    this.#end = end;
    this.wake();
  }

  /** Calls back once when the end moved or the log went away, until the returned function is called. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => void this.#watchers.delete(callback);
  }

  wake(): void {
    if (this.#watchers.size === 0) return;
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const watcher of watchers) watcher();
  }
}
