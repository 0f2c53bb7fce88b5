/** Numbers of which only the smallest matters: a binary heap. The same number may be in it several times. */
export class NumberHeap {
  readonly #numbers: number[] = [];

  /** Infinity when it is empty. */
  get smallest(): number {
    return this.#numbers[0] ?? Number.POSITIVE_INFINITY;
  }

  add(number: number): void {
    const numbers = this.#numbers;
    let at = numbers.push(number) - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (numbers[parent]! <= number) break;
      numbers[at] = numbers[parent]!;
      at = parent;
    }
    numbers[at] = number;
  }

  /** Takes out all that are `limit` or smaller. */
  dropUpTo(limit: number): void {
    while (this.smallest <= limit) this.#dropSmallest();
  }

  #dropSmallest(): void {
    const numbers = this.#numbers;
    const last = numbers.pop()!;
    const size = numbers.length;
    if (size === 0) return;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && numbers[child + 1]! < numbers[child]!) child++;
      if (numbers[child]! >= last) break;
      numbers[at] = numbers[child]!;
      at = child;
    }
    numbers[at] = last;
  }
}
