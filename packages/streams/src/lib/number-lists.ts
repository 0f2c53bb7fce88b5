const LISTS_MIN = 16;
const POOL_MIN = 64;

/**
 * Many short lists of 32-bit numbers in one pool. A list that outgrows its place moves to one of twice the size; what it
 * leaves is not used again, so the pool is at most twice what the lists need. For lists that are all dropped together.
 */
export class NumberLists {
  #pool: Int32Array = new Int32Array(POOL_MIN);
  #poolUsed = 0;
  #starts: Int32Array = new Int32Array(LISTS_MIN);
  #sizes: Int32Array = new Int32Array(LISTS_MIN);
  #capacities: Int32Array = new Int32Array(LISTS_MIN);
  /** Lists begin at 1, so that 0 can stand for none. */
  #count = 1;

  /** How many lists there are, and one: list numbers lie below. */
  get count(): number {
    return this.#count;
  }

  /** Where the numbers stand that `startOf` speaks of; another one may be in use later, but this one stays as it is. */
  get pool(): Int32Array {
    return this.#pool;
  }

  /** A new list of one number. */
  create(first: number): number {
    const list = this.#count++;
    if (list === this.#starts.length) this.#growLists();
    this.#starts[list] = this.#take(1);
    this.#capacities[list] = 1;
    this.#sizes[list] = 1;
    this.#pool[this.#starts[list]!] = first;
    return list;
  }

  startOf(list: number): number {
    return this.#starts[list]!;
  }

  sizeOf(list: number): number {
    return this.#sizes[list]!;
  }

  at(list: number, index: number): number {
    return this.#pool[this.#starts[list]! + index]!;
  }

  set(list: number, index: number, value: number): void {
    this.#pool[this.#starts[list]! + index] = value;
  }

  insert(list: number, index: number, value: number): void {
    const size = this.#sizes[list]!;
    if (size === this.#capacities[list]) this.#move(list, 2 * size);
    const start = this.#starts[list]!;
    if (index < size) this.#pool.copyWithin(start + index + 1, start + index, start + size);
    this.#pool[start + index] = value;
    this.#sizes[list] = size + 1;
  }

  delete(list: number, index: number): void {
    const start = this.#starts[list]!;
    this.#pool.copyWithin(start + index, start + index + 1, start + this.#sizes[list]!);
    this.#sizes[list] = this.#sizes[list]! - 1;
  }

  /** Goes on elsewhere, so that what stands at its place now will always stand there. */
  moveAway(list: number): void {
    this.#move(list, this.#capacities[list]!);
  }

  #move(list: number, capacity: number): void {
    const before = this.#starts[list]!;
    const size = this.#sizes[list]!;
    const start = this.#take(Math.max(capacity, 1));
    this.#pool.copyWithin(start, before, before + size);
    this.#starts[list] = start;
    this.#capacities[list] = Math.max(capacity, 1);
  }

  #take(capacity: number): number {
    const start = this.#poolUsed;
    this.#poolUsed += capacity;
    if (this.#poolUsed > this.#pool.length) {
      const pool = new Int32Array(Math.max(this.#poolUsed, this.#pool.length * 2));
      pool.set(this.#pool);
      this.#pool = pool;
    }
    return start;
  }

  #growLists(): void {
    const size = this.#starts.length * 2;
    this.#starts = copied(this.#starts, size);
    this.#sizes = copied(this.#sizes, size);
    this.#capacities = copied(this.#capacities, size);
  }
}

function copied(column: Int32Array, size: number): Int32Array {
  const larger = new Int32Array(size);
  larger.set(column);
  return larger;
}
