// Upper bounds of the buckets in milliseconds: eight to each doubling, from 1/64 ms to over an hour. A quantile is right to
// within a tenth.
const BUCKETS_PER_DOUBLING = 8;
const LEAST_MS = 1 / 64;
const BUCKET_COUNT = 28 * BUCKETS_PER_DOUBLING + 1;

/** A quantile looks back over at least this time, and at most over twice of it. */
const WINDOW_MS = 60_000;

/** Durations, counted in buckets: adding one costs a logarithm and two increments. */
export class TimeHistogram {
  /** Of all time. */
  count = 0;
  sumMs = 0;
  #current = new Uint32Array(BUCKET_COUNT);
  #previous = new Uint32Array(BUCKET_COUNT);
  #windowEndMs = 0;

  /** Counts a duration that ended at `nowMs` of a monotonic clock. */
  add(durationMs: number, nowMs: number): void {
    this.count += 1;
    this.sumMs += durationMs;
    if (nowMs >= this.#windowEndMs) this.#turn(nowMs);
    this.#current[bucketOf(durationMs)]! += 1;
  }

  /** The duration that this share of the recent ones does not exceed; 0 where there is none. */
  quantile(share: number, nowMs: number): number {
    if (nowMs >= this.#windowEndMs) this.#turn(nowMs);
    let total = 0;
    for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) total += this.#current[bucket]! + this.#previous[bucket]!;
    if (total === 0) return 0;
    let below = 0;
    for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
      below += this.#current[bucket]! + this.#previous[bucket]!;
      if (below >= share * total) return boundOf(bucket);
    }
    return boundOf(BUCKET_COUNT - 1);
  }

  #turn(nowMs: number): void {
    const isLate = nowMs >= this.#windowEndMs + WINDOW_MS;
    [this.#previous, this.#current] = [this.#current, this.#previous];
    this.#current.fill(0);
    if (isLate) this.#previous.fill(0);
    this.#windowEndMs = nowMs + WINDOW_MS;
  }
}

function bucketOf(durationMs: number): number {
  if (durationMs <= LEAST_MS) return 0;
  return Math.min(Math.ceil(Math.log2(durationMs / LEAST_MS) * BUCKETS_PER_DOUBLING), BUCKET_COUNT - 1);
}

function boundOf(bucket: number): number {
  return LEAST_MS * 2 ** (bucket / BUCKETS_PER_DOUBLING);
}
