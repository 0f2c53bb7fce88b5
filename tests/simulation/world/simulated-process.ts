import type { Clock, Random, Timer } from '@millrace/base';

type SimulatedTime = {
  readonly nowMs: number;
  readonly wallMs: number;
  after(delayMs: number, run: () => void): () => void;
};

/**
 * A process of the simulation: a clock, a source of chance, and a life. When it is killed its timers never fire and its
 * sockets are dropped: whatever its code still waits for never comes.
 */
export class SimulatedProcess implements Clock {
  readonly name: string;
  readonly random: Random;
  readonly #world: SimulatedTime;
  readonly #startMs: number;
  readonly #onKilled = new Set<() => void>();
  #wallAheadMs = 0;
  #isDead = false;

  constructor(world: SimulatedTime, name: string, random: Random) {
    this.#world = world;
    this.#startMs = world.nowMs;
    this.name = name;
    this.random = random;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  wallMs(): number {
    return this.#world.wallMs + this.#wallAheadMs;
  }

  /** Begins at 0 with each process, as the real one does. */
  monotonicMs(): number {
    return this.#world.nowMs - this.#startMs;
  }

  setTimer(delayMs: number, run: () => void): Timer {
    const clear = this.#world.after(delayMs, () => {
      if (!this.#isDead) run();
    });
    return { clear };
  }

  jumpWallClock(byMs: number): void {
    this.#wallAheadMs += byMs;
  }

  setWallClockRight(): void {
    this.#wallAheadMs = 0;
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.setTimer(delayMs, resolve));
  }

  onKilled(run: () => void): void {
    this.#onKilled.add(run);
  }

  kill(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    for (const run of this.#onKilled) run();
  }
}
