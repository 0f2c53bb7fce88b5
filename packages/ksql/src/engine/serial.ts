import { MillraceError } from '@millrace/base';

/** Runs asynchronous work one piece after the other, in the order of asking; a failure ends only its own piece. */
export class Serial {
  readonly #waitingMax: number;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: { readonly waitingMax: number }) {
    this.#waitingMax = options.waitingMax;
  }

  /** @throws MillraceError `OVERLOADED` when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#waitingMax) {
      throw new MillraceError('OVERLOADED', `${this.#waiting} statements wait already: try again later`, {
        retriable: true,
      });
    }
    this.#waiting++;
    const mine = this.#tail.then(work).finally(() => this.#waiting--);
    this.#tail = mine.catch(() => {});
    return mine;
  }
}
