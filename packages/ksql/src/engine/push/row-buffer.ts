import type { MillraceError } from '@millrace/base';

type Pull<T> = { readonly resolve: (result: IteratorResult<T>) => void; readonly reject: (thrown: unknown) => void };

type RowBufferOptions = {
  /** Rows held at most; at this mark `onFull` is called, and `onRoom` when half of them were taken. */
  readonly rowsMax: number;
  readonly onFull: () => void;
  readonly onRoom: () => void;
  /** Called once, when no more rows are taken; the reader's end waits for it. Must not reject. */
  readonly onDone: () => Promise<void>;
};

/**
 * Rows between a running query, which pushes, and one reader, who takes them at his own pace. The buffer never refuses a
 * row: it says when it is full, and the query stops for a while; what is on its way then still comes in.
 */
export class RowBuffer<T> implements AsyncIterableIterator<T> {
  readonly #options: RowBufferOptions;
  readonly #pulls: Pull<T>[] = [];
  #rows: T[] = [];
  #taken = 0;
  #isFull = false;
  #ended: { readonly failure: MillraceError | undefined } | undefined;
  #done: Promise<void> | undefined;

  constructor(options: RowBufferOptions) {
    this.#options = options;
  }

  push(row: T): void {
    if (this.#ended !== undefined) return;
    const pull = this.#pulls.shift();
    if (pull !== undefined) {
      pull.resolve({ done: false, value: row });
      return;
    }
    this.#rows.push(row);
    if (!this.#isFull && this.#size >= this.#options.rowsMax) {
      this.#isFull = true;
      this.#options.onFull();
    }
  }

  /** No more rows: the reader gets what is here, then the end, or the failure. */
  end(failure?: MillraceError): void {
    if (this.#ended !== undefined) return;
    this.#ended = { failure };
    void this.#end();
    const [first, ...others] = this.#pulls.splice(0);
    if (first !== undefined) this.#finish().then(first.resolve, first.reject);
    for (const pull of others) pull.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#size > 0) return Promise.resolve({ done: false, value: this.#take() });
    if (this.#ended !== undefined) return this.#finish();
    return new Promise((resolve, reject) => this.#pulls.push({ resolve, reject }));
  }

  async return(): Promise<IteratorResult<T>> {
    this.end();
    this.#rows = [];
    this.#taken = 0;
    await this.#end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return this;
  }

  get #size(): number {
    return this.#rows.length - this.#taken;
  }

  #take(): T {
    const row = this.#rows[this.#taken++]!;
    // A slow reader never empties the buffer: what was taken must go all the same.
    if (this.#taken === this.#rows.length || this.#taken >= this.#options.rowsMax) {
      this.#rows = this.#rows.slice(this.#taken);
      this.#taken = 0;
    }
    if (this.#isFull && this.#size <= this.#options.rowsMax / 2) {
      this.#isFull = false;
      this.#options.onRoom();
    }
    return row;
  }

  /** The end of the rows: waits for the query to be gone, and tells a failure once. */
  async #finish(): Promise<IteratorResult<T>> {
    const failure = this.#ended?.failure;
    this.#ended = { failure: undefined };
    await this.#end();
    if (failure !== undefined) throw failure;
    return { done: true, value: undefined };
  }

  #end(): Promise<void> {
    this.#done ??= this.#options.onDone();
    return this.#done;
  }
}
