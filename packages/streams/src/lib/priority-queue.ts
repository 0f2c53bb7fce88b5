/**
 * A binary heap, least first. Which of several equal items comes first depends on the history of the heap, and here in
 * the same way as in `java.util.PriorityQueue`: an item rises above greater ones only, and of two equal children the left
 * one rises.
 */
export class PriorityQueue<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The least item. */
  get first(): T | undefined {
    return this.#items[0];
  }

  add(item: T): void {
    const items = this.#items;
    let at = items.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#compare(item, items[parent]!) >= 0) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  /** Takes the least item out. */
  poll(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an item in place of the first. */
  #sink(item: T): void {
    const items = this.#items;
    let at = 0;
    while (at < items.length >> 1) {
      let child = 2 * at + 1;
      const right = child + 1;
      if (right < items.length && this.#compare(items[child]!, items[right]!) > 0) child = right;
      if (this.#compare(item, items[child]!) <= 0) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = item;
  }
}
