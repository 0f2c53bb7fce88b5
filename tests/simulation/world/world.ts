import { createHash } from 'node:crypto';
import { type Random, seededRandom } from '@millrace/base';
import { EventQueue } from './event-queue.ts';
import { SimulatedProcess } from './simulated-process.ts';

/** When the simulated wall clock begins: records of then are neither too old nor too new. */
const START_WALL_MS = 1_800_000_000_000;

/** Turns that the real event loop gets after each event, for promises, ticks and immediates that it set going. */
const TURNS_AFTER_EVENT = 2;

/** Lines that a report of a failure ends with. */
const STORY_LINES_MAX = 4_000;

/**
 * Time, chance and what happened, for everything in a simulation. Nothing in it waits for the real world: the clock moves
 * from one event to the next, the real event loop only gets turns for the promises between them. The same seed makes
 * the same history, byte for byte; `traceHash` tells.
 */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly #events = new EventQueue();
  readonly #trace = createHash('sha256');
  readonly #story: string[] = [];
  #nowMs = 0;
  #eventCount = 0;

  /** Called with each line of the history, for whoever replays a seed. */
  readonly #onTrace: ((line: string) => void) | undefined;

  constructor(seed: number, onTrace?: (line: string) => void) {
    this.seed = seed;
    this.#onTrace = onTrace;
    this.random = seededRandom(seed);
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  get wallMs(): number {
    return Math.floor(START_WALL_MS + this.#nowMs);
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  /** The last lines of what happened. */
  get story(): readonly string[] {
    return this.#story;
  }

  process(name: string): SimulatedProcess {
    return new SimulatedProcess(this, name, seededRandom(this.random.int(2 ** 31)));
  }

  /** Calls back after a delay, unless the returned function is called first. */
  after(delayMs: number, run: () => void): () => void {
    // Whole microseconds, at least one: time goes on even for those who set a timer again because it came a rounding
    // error too early.
    const delayUs = Math.max(Math.ceil(delayMs * 1000), 1);
    const event = this.#events.add((Math.round(this.#nowMs * 1000) + delayUs) / 1000, run);
    return () => {
      event.run = null;
    };
  }

  /** Notes a detail: it counts for the hash of the history, nothing else. */
  trace(who: string, what: string): void {
    const line = `${this.#nowMs.toFixed(3)} ${who} ${what}`;
    this.#trace.update(line).update('\n');
    this.#onTrace?.(line);
  }

  /** Notes what a reader of a failure wants to see. */
  tell(who: string, what: string): void {
    this.trace(who, what);
    this.#story.push(`${this.#nowMs.toFixed(1).padStart(9)}  ${who}: ${what}`);
    if (this.#story.length > STORY_LINES_MAX) this.#story.shift();
  }

  traceHash(): string {
    return this.#trace.copy().digest('hex');
  }

  /** Lets time pass, until a moment or until something holds. Answers whether it holds. */
  async run(untilMs: number, holds: () => boolean = () => false): Promise<boolean> {
    for (let next = this.#events.next; next !== undefined && next.timeMs <= untilMs; next = this.#events.next) {
      this.#events.take();
      if (next.run === null) continue;
      this.#nowMs = next.timeMs;
      this.#eventCount += 1;
      next.run();
      for (let turn = 0; turn < TURNS_AFTER_EVENT; turn++) await nextTurn();
      if (holds()) return true;
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
    return holds();
  }

  /** One of a list. */
  pick<T>(items: readonly T[]): T {
    return items[this.random.int(items.length)]!;
  }

  /** Whether something that happens so often, out of a hundred times, happens now. */
  chance(percent: number): boolean {
    return this.random.int(100) < percent;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.random.int(most - least + 1);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
