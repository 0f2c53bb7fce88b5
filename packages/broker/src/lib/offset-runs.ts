import { assert } from '@millrace/base';

/** Offsets from the first to the last, both included, that have the same value. */
export type OffsetRun<V> = { readonly first: number; readonly last: number; readonly value: V };

/** A part of a range of offsets: a run, or with the value undefined a stretch of offsets that have none. */
export type OffsetStretch<V> = { readonly first: number; readonly last: number; readonly value: V | undefined };

/**
 * Values by offset where neighbours mostly have the same: kept as runs in ascending order, as few as there can be. To
 * find costs the logarithm of their number, to change the number itself.
 */
export class OffsetRuns<V> implements Iterable<OffsetRun<V>> {
  readonly #isSame: (left: V, right: V) => boolean;
  #runs: OffsetRun<V>[];

  constructor(isSame: (left: V, right: V) => boolean, runs: readonly OffsetRun<V>[] = []) {
    this.#isSame = isSame;
    this.#runs = [];
    for (const { first, last, value } of runs) this.set(first, last, value);
  }

  get last(): OffsetRun<V> | undefined {
    return this.#runs.at(-1);
  }

  [Symbol.iterator](): Iterator<OffsetRun<V>> {
    return this.#runs[Symbol.iterator]();
  }

  at(offset: number): V | undefined {
    const run = this.#runs[this.#indexOf(offset)];
    return run !== undefined && run.first <= offset ? run.value : undefined;
  }

  /** Gives a range of offsets one value, whatever they had. */
  set(first: number, last: number, value: V): void {
    assert(first <= last, 'a range of offsets has a first and a last');
    const from = this.#indexOf(first);
    let to = from;
    while (to < this.#runs.length && this.#runs[to]!.first <= last) to += 1;
    const put: OffsetRun<V>[] = [];
    const head = this.#runs[from];
    if (head !== undefined && head.first < first) put.push({ ...head, last: first - 1 });
    put.push({ first, last, value });
    const tail = this.#runs[to - 1];
    if (to > from && tail !== undefined && tail.last > last) put.push({ ...tail, first: last + 1 });
    // The neighbours may have become the same.
    const begin = Math.max(from - 1, 0);
    const end = Math.min(to + 1, this.#runs.length);
    const around = [...this.#runs.slice(begin, from), ...put, ...this.#runs.slice(to, end)];
    this.#runs.splice(begin, end - begin, ...this.#joined(around));
  }

  /** A range of offsets in ascending stretches that have the same value, or none. */
  *between(first: number, last: number): Generator<OffsetStretch<V>> {
    let next = first;
    for (let index = this.#indexOf(first); next <= last; index++) {
      const run = this.#runs[index];
      const begin = run === undefined ? last + 1 : Math.max(run.first, next);
      if (begin > next) yield { first: next, last: Math.min(begin - 1, last), value: undefined };
      if (run === undefined || begin > last) return;
      yield { first: begin, last: Math.min(run.last, last), value: run.value };
      next = run.last + 1;
    }
  }

  /** Forgets all below an offset. */
  dropBefore(offset: number): void {
    const index = this.#indexOf(offset);
    if (index > 0) this.#runs.splice(0, index);
    const head = this.#runs[0];
    if (head !== undefined && head.first < offset) this.#runs[0] = { ...head, first: offset };
  }

  /** Forgets all from an offset on. */
  dropFrom(offset: number): void {
    const index = this.#indexOf(offset);
    const head = this.#runs[index];
    this.#runs.length = index;
    if (head !== undefined && head.first < offset) this.#runs.push({ ...head, last: offset - 1 });
  }

  /** The index of the first run that ends at an offset or after it. */
  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#runs[middle]!.last < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #joined(runs: readonly OffsetRun<V>[]): OffsetRun<V>[] {
    const joined: OffsetRun<V>[] = [];
    for (const run of runs) {
      const before = joined.at(-1);
      if (before !== undefined && before.last + 1 === run.first && this.#isSame(before.value, run.value)) {
        joined[joined.length - 1] = { ...before, last: run.last };
      } else {
        joined.push(run);
      }
    }
    return joined;
  }
}
