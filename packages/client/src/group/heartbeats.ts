import type { Clock, Timer } from '@millrace/base';

type HeartbeatsOptions = {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** Sends one; failures are the sender's business. */
  readonly beat: () => Promise<void>;
};

/** Calls `beat` at an interval, never two at once, on a timer of its own: whatever the owner of the membership does. */
export class Heartbeats {
  readonly #options: HeartbeatsOptions;
  #timer: Timer | undefined;
  #isRunning = false;
  #isBeating = false;

  constructor(options: HeartbeatsOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#arm();
  }

  stop(): void {
    this.#isRunning = false;
    this.#timer?.clear();
  }

  #arm(): void {
    this.#timer?.clear();
    this.#timer = this.#options.clock.setTimer(this.#options.intervalMs, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    if (!this.#isRunning || this.#isBeating) return;
    this.#isBeating = true;
    try {
      await this.#options.beat();
    } finally {
      this.#isBeating = false;
      if (this.#isRunning) this.#arm();
    }
  }
}
