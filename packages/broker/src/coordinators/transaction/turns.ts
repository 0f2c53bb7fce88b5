/** Runs what concerns one name in the order in which it came, one after the other; different names don't wait. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  isBusy(name: string): boolean {
    return this.#last.has(name);
  }

  run<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const result = before.then(work);
    const settled = result.then(
      () => {},
      () => {},
    );
    this.#last.set(name, settled);
    void settled.then(() => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    });
    return result;
  }
}
