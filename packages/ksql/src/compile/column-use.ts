/**
 * Which columns of a step's rows the steps behind it read. Rows come to be before they are used, but what is used is told
 * from the end: each step says what it needs once all steps behind it have (see `CompileContext.whenComplete`), and the
 * source makes only what somebody asked for. All before the first record.
 */
export class ColumnUse {
  /** Null: all of them. */
  #positions: Set<number> | null = new Set();

  /** Rows leave as they are: to a topic, into a store, into another's code. */
  needAll(): void {
    this.#positions = null;
  }

  need(positions: Iterable<number>): void {
    if (this.#positions === null) return;
    for (const position of positions) this.#positions.add(position);
  }

  static all(): ColumnUse {
    const use = new ColumnUse();
    use.needAll();
    return use;
  }

  /** Whether somebody reads the column at this position of the row. */
  has(position: number): boolean {
    return this.#positions === null || this.#positions.has(position);
  }
}
