/** A rate looks back so far, as Kafka's do that ksqlDB shows (100 samples of a second). */
const WINDOW_MS = 100_000;
/** A young meter divides by nearly its whole window, so that a first record is no flood. */
const ELAPSED_MS_MIN = 99_000;

/** A total that somebody else counts, with how fast it grows and when it last did. */
export class Meter {
  readonly #samples: { readonly atMs: number; readonly total: number }[];
  #total: number;
  #lastWallMs = 0;

  /** Counting has just begun, or `startTotal` is what was there before. */
  constructor(nowMs: number, startTotal = 0) {
    this.#samples = [{ atMs: nowMs, total: startTotal }];
    this.#total = startTotal;
  }

  /** A total that fell was begun anew, by a query that was started again. */
  update(total: number, nowMs: number, wallMs: number): void {
    if (total < this.#total) this.#samples.splice(0, this.#samples.length, { atMs: nowMs, total: 0 });
    if (total !== this.#total) this.#lastWallMs = Math.floor(wallMs);
    this.#total = total;
    this.#samples.push({ atMs: nowMs, total });
    // One from before the window stays: it says what was there when the window began.
    while (this.#samples.length > 2 && this.#samples[1]!.atMs <= nowMs - WINDOW_MS) this.#samples.shift();
  }

  get total(): number {
    return this.#total;
  }

  get perSecond(): number {
    const [first, last] = [this.#samples[0]!, this.#samples.at(-1)!];
    return ((last.total - first.total) * 1000) / Math.max(last.atMs - first.atMs, ELAPSED_MS_MIN);
  }

  /** When the total was last seen to grow; 0: never. */
  get lastWallMs(): number {
    return this.#lastWallMs;
  }
}
