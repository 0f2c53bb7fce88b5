import type { Clock, Timer } from '@millrace/base';
import { EventQueue } from '../simulation/world/event-queue.ts';

const START_WALL_MS = 1_800_000_000_000;

/** A clock that goes as fast as frames come. */
export class FuzzClock implements Clock {
  readonly #events = new EventQueue();
  #nowMs = 0;

  wallMs(): number {
    return START_WALL_MS + this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, run: () => void): Timer {
    const event = this.#events.add(this.#nowMs + Math.max(Math.ceil(delayMs), 1), run);
    return {
      clear: () => {
        event.run = null;
      },
    };
  }

  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (let next = this.#events.next; next !== undefined && next.timeMs <= endMs; next = this.#events.next) {
      this.#events.take();
      this.#nowMs = next.timeMs;
      next.run?.();
    }
    this.#nowMs = endMs;
  }
}
