import type { QueryRows } from './state-query.ts';

/** Rows of one partition, as they were when the query was answered; a cursor of the store stays open until they end. */
export class PartitionRows<Row> implements QueryRows<Row> {
  readonly #rows: IterableIterator<Row>;
  readonly #checkHeld: () => void;

  /** `checkHeld` throws when the partition has moved away meanwhile: a part must not pass as all there is. */
  constructor(rows: IterableIterator<Row>, checkHeld: () => void) {
    this.#rows = rows;
    this.#checkHeld = checkHeld;
  }

  async next(): Promise<IteratorResult<Row>> {
    const next = this.#rows.next();
    if (next.done === true) this.#checkHeld();
    return next;
  }

  async return(): Promise<IteratorResult<Row>> {
    this.#rows.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
