import type { QueryRows } from '../../../query/state-query.ts';
import type { RowsPart } from './messages.ts';

/** How the rest of some rows is asked for. */
export type RowsSource = {
  next(): Promise<RowsPart>;
  cancel(): void;
};

/** Rows of a thread in a worker: they come in parts, each when the one before has been read. */
export class RemoteRows implements QueryRows<unknown> {
  readonly #source: RowsSource;
  #part: RowsPart;
  #at = 0;

  constructor(first: RowsPart, source: RowsSource) {
    this.#part = first;
    this.#source = source;
  }

  async next(): Promise<IteratorResult<unknown>> {
    while (this.#at === this.#part.rows.length) {
      if (this.#part.isLast) return { done: true, value: undefined };
      this.#part = await this.#source.next();
      this.#at = 0;
    }
    return { done: false, value: this.#part.rows[this.#at++] };
  }

  async return(): Promise<IteratorResult<unknown>> {
    if (!this.#part.isLast) this.#source.cancel();
    this.#part = { rows: [], isLast: true };
    this.#at = 0;
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
