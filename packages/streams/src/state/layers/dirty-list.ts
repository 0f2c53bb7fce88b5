import type { CacheEntry } from './cache-memory.ts';

/** The dirty entries of one cache, in order of their latest write: the order in which a flush forwards them. */
export class DirtyList {
  #first: CacheEntry | null = null;
  #last: CacheEntry | null = null;

  /** Puts an entry at the end; `wasDirty` says that it stands in the list already. */
  push(entry: CacheEntry, wasDirty: boolean): void {
    if (wasDirty) {
      if (this.#last === entry) return;
      this.remove(entry);
    }
    entry.dirtyBefore = this.#last;
    entry.dirtyAfter = null;
    if (this.#last === null) this.#first = entry;
    else this.#last.dirtyAfter = entry;
    this.#last = entry;
  }

  remove(entry: CacheEntry): void {
    if (entry.dirtyBefore === null) this.#first = entry.dirtyAfter;
    else entry.dirtyBefore.dirtyAfter = entry.dirtyAfter;
    if (entry.dirtyAfter === null) this.#last = entry.dirtyBefore;
    else entry.dirtyAfter.dirtyBefore = entry.dirtyBefore;
    entry.dirtyBefore = null;
    entry.dirtyAfter = null;
  }

  /** All entries in order; the list is empty afterwards. */
  take(): CacheEntry[] {
    const entries: CacheEntry[] = [];
    for (let entry = this.#first; entry !== null; ) {
      entries.push(entry);
      const after: CacheEntry | null = entry.dirtyAfter;
      entry.dirtyBefore = null;
      entry.dirtyAfter = null;
      entry = after;
    }
    this.#first = null;
    this.#last = null;
    return entries;
  }
}
