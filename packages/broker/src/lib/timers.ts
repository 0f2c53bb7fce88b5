import { assert, type Clock, type Timer } from '@millrace/base';

/** Time is counted in whole ones of these, as Kafka does: some clients' tests wait for just as long as a session is. */
const TICK_MS = 1;

/** Runs a function once the sockets were looked at again: see {@link Timers}. */
export type Defer = (run: () => void) => void;

/**
 * Thousands of deadlines on one timer of the clock. A deadline that fires first lets the event loop read its sockets
 * once more (`defer`): when the loop was held up, the heartbeat that would have kept a member alive is often waiting
 * there unread, and nobody must be expired for our own delay.
 */
export class Timers {
  readonly #clock: Clock;
  readonly #defer: Defer;
  readonly #slots = new Map<number, Set<() => void>>();
  /** A binary heap of the ticks that have a slot. */
  readonly #ticks: number[] = [];
  #armed: { readonly tick: number; readonly timer: Timer } | null = null;

  constructor(clock: Clock, defer: Defer = setImmediate) {
    this.#clock = clock;
    this.#defer = defer;
  }

  set(delayMs: number, run: () => void): Timer {
    const tick = this.#tickOfNow() + Math.ceil(Math.max(delayMs, 0) / TICK_MS);
    let slot = this.#slots.get(tick);
    if (slot === undefined) {
      slot = new Set();
      this.#slots.set(tick, slot);
      pushTick(this.#ticks, tick);
    }
    // A function of its own, so that two deadlines with the same function stay two.
    const entry = (): void => run();
    slot.add(entry);
    this.#arm();
    return { clear: () => void slot.delete(entry) };
  }

  /** Forgets every deadline. */
  clear(): void {
    this.#slots.clear();
    this.#ticks.length = 0;
    this.#armed?.timer.clear();
    this.#armed = null;
  }

  #arm(): void {
    this.#dropCleared();
    const tick = this.#ticks[0];
    if (tick === undefined || (this.#armed !== null && this.#armed.tick <= tick)) return;
    this.#armed?.timer.clear();
    const delayMs = Math.ceil(tick * TICK_MS - this.#clock.monotonicMs());
    this.#armed = { tick, timer: this.#clock.setTimer(delayMs, () => this.#defer(() => this.#runDue())) };
  }

  #tickOfNow(): number {
    return Math.floor(this.#clock.monotonicMs() / TICK_MS);
  }

  /** Most deadlines are cleared long before their time, as sessions are: nobody wakes up for those. */
  #dropCleared(): void {
    for (let tick = this.#ticks[0]; tick !== undefined && this.#slots.get(tick)?.size === 0; tick = this.#ticks[0]) {
      this.#slots.delete(popTick(this.#ticks));
    }
  }

  #runDue(): void {
    this.#armed = null;
    const now = this.#tickOfNow();
    while (this.#ticks.length > 0 && this.#ticks[0]! <= now) {
      const tick = popTick(this.#ticks);
      const slot = this.#slots.get(tick);
      this.#slots.delete(tick);
      // A deadline may clear others of its slot: a Set leaves those out while it is walked.
      if (slot !== undefined) for (const run of slot) run();
    }
    this.#arm();
  }
}

function pushTick(heap: number[], tick: number): void {
  heap.push(tick);
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= tick) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = tick;
}

function popTick(heap: number[]): number {
  const first = heap[0];
  const last = heap.pop();
  assert(first !== undefined && last !== undefined, 'popped an empty heap');
  if (heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
