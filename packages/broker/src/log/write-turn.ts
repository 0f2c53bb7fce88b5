/** Something whose writes of one turn of the event loop are made together. */
export type TurnWriter = { writeTurn(): void };

/**
 * Gathers what is appended during one turn of the event loop: all sockets that are readable in a turn are read before
 * `setImmediate` runs, so each partition gets one `writev` for all of them.
 */
export class WriteTurn {
  #writers = new Set<TurnWriter>();
  #scheduled = false;

  add(writer: TurnWriter): void {
    this.#writers.add(writer);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.run());
  }

  /** Writes what was gathered, now. */
  run(): void {
    this.#scheduled = false;
    const writers = this.#writers;
    this.#writers = new Set();
    for (const writer of writers) writer.writeTurn();
  }
}
