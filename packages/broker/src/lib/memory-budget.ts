/** Bytes of requests in work, of all connections together, where `queued.max.request.bytes` sets no limit. */
const REQUEST_BYTES_MAX = 512 * 1024 * 1024;

/** Bytes of answers that clients have not taken yet: as this fills up, fetches are answered less and less. */
const UNSENT_BYTES_MAX = 128 * 1024 * 1024;

/** A fetch may take this share of what is left… */
const FETCH_SHARE = 4;
/** …but this much in any case, so that everybody gets on. */
const FETCH_BYTES_MIN = 64 * 1024;

/**
 * The memory of all connections together. What one client may hold is bounded by its connection; many that send much, or ask
 * for much and do not take it, are bounded here.
 */
export class MemoryBudget {
  readonly #requestBytesMax: number;
  readonly #waiting = new Set<() => void>();
  #requestBytes = 0;
  #unsentBytes = 0;

  /** @param requestBytesMax 0 or less for the default */
  constructor(requestBytesMax: number) {
    this.#requestBytesMax = requestBytesMax > 0 ? requestBytesMax : REQUEST_BYTES_MAX;
  }

  /** Whether requests are to wait unread until others are answered. */
  get isFull(): boolean {
    return this.#requestBytes > this.#requestBytesMax;
  }

  get requestBytes(): number {
    return this.#requestBytes;
  }

  /** Bytes of answers that clients have not taken yet. */
  get unsentBytes(): number {
    return this.#unsentBytes;
  }

  /** The most that one fetch may be answered now. */
  get fetchBytesMax(): number {
    return Math.max(FETCH_BYTES_MIN, Math.floor((UNSENT_BYTES_MAX - this.#unsentBytes) / FETCH_SHARE));
  }

  /** Counts bytes of requests that came in, or went out of work. */
  addRequestBytes(bytes: number): void {
    const wasFull = this.isFull;
    this.#requestBytes += bytes;
    if (!wasFull || this.isFull) return;
    const resumed = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of resumed) resume();
  }

  addUnsentBytes(bytes: number): void {
    this.#unsentBytes += bytes;
  }

  /** Calls back once, when there is room again. */
  whenRoom(resume: () => void): void {
    this.#waiting.add(resume);
  }

  forget(resume: () => void): void {
    this.#waiting.delete(resume);
  }
}
