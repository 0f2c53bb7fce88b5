import { type CacheEntries, NO_ENTRY } from './cache-entries.ts';

/** The dirty entries of one cache, in order of their latest write: the order in which a flush forwards them. */
export class DirtyList {
  readonly #entries: CacheEntries;
  #first: number = NO_ENTRY;
  #last: number = NO_ENTRY;

  constructor(entries: CacheEntries) {
    this.#entries = entries;
  }

  /** Puts an entry at the end; `wasDirty` says that it stands in the list already. */
  push(entry: number, wasDirty: boolean): void {
    const { dirtyBefore, dirtyAfter } = this.#entries;
    if (wasDirty) {
      if (this.#last === entry) return;
      this.remove(entry);
    }
    dirtyBefore[entry] = this.#last;
    dirtyAfter[entry] = NO_ENTRY;
    if (this.#last === NO_ENTRY) this.#first = entry;
    else dirtyAfter[this.#last] = entry;
    this.#last = entry;
  }

  remove(entry: number): void {
    const { dirtyBefore, dirtyAfter } = this.#entries;
    const before = dirtyBefore[entry]!;
    const after = dirtyAfter[entry]!;
    if (before === NO_ENTRY) this.#first = after;
    else dirtyAfter[before] = after;
    if (after === NO_ENTRY) this.#last = before;
    else dirtyBefore[after] = before;
  }

  /** All entries in order; the list is empty afterwards. */
  take(): number[] {
    const taken: number[] = [];
    const { dirtyAfter } = this.#entries;
    for (let entry = this.#first; entry !== NO_ENTRY; entry = dirtyAfter[entry]!) taken.push(entry);
    this.#first = NO_ENTRY;
    this.#last = NO_ENTRY;
    return taken;
  }
}
