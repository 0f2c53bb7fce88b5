import type { Clock } from '@millrace/base';

const WINDOW_MS = 3_600_000;
/** What is sent within one of these goes as one entry: so there are never more than this many in the window. */
const SLOTS = 3_600;
const SLOT_MS = WINDOW_MS / SLOTS;

/** Bytes that were sent in the last hour, against a limit. */
export class BandwidthLimiter {
  readonly #clock: Clock;
  readonly #bytesMax: number;
  readonly #sent: { readonly atMs: number; bytes: number }[] = [];
  #total = 0;

  constructor(megabytesAnHour: number, clock: Clock) {
    this.#bytesMax = megabytesAnHour * 1024 * 1024;
    this.#clock = clock;
  }

  /** Whether something may be sent: what goes over the limit is only known when it was. */
  get allows(): boolean {
    const nowMs = this.#clock.monotonicMs();
    while (this.#sent.length > 0 && nowMs - this.#sent[0]!.atMs >= WINDOW_MS) this.#total -= this.#sent.shift()!.bytes;
    return this.#total <= this.#bytesMax;
  }

  sent(bytes: number): void {
    const nowMs = this.#clock.monotonicMs();
    const last = this.#sent.at(-1);
    if (last !== undefined && nowMs - last.atMs < SLOT_MS) last.bytes += bytes;
    else this.#sent.push({ atMs: nowMs, bytes });
    this.#total += bytes;
  }
}
