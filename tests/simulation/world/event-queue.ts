/** Something that happens at a moment of simulated time; `run` is null once it was taken back. */
export type Event = { readonly timeMs: number; readonly order: number; run: (() => void) | null };

/** Events in the order of their time, those of one moment in the order in which they were added: a binary heap. */
export class EventQueue {
  readonly #heap: Event[] = [];
  #order = 0;

  get next(): Event | undefined {
    return this.#heap[0];
  }

  add(timeMs: number, run: () => void): Event {
    const event = { timeMs, order: this.#order++, run };
    let at = this.#heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(this.#heap[parent]!, event)) break;
      this.#heap[at] = this.#heap[parent]!;
      at = parent;
    }
    this.#heap[at] = event;
    return event;
  }

  take(): Event | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    let at = 0;
    for (let child = 1; child < this.#heap.length; child = 2 * at + 1) {
      const right = this.#heap[child + 1];
      if (right !== undefined && isBefore(right, this.#heap[child]!)) child += 1;
      if (isBefore(last, this.#heap[child]!)) break;
      this.#heap[at] = this.#heap[child]!;
      at = child;
    }
    this.#heap[at] = last;
    return first;
  }
}

function isBefore(left: Event, right: Event): boolean {
  return left.timeMs < right.timeMs || (left.timeMs === right.timeMs && left.order < right.order);
}
