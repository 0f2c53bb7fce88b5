import type { ColumnUse } from './column-use.ts';

/**
 * What the queries that run on one engine use of their sources now. Who reads a record for all makes every column that any
 * of them uses: with one missing, another would have to read the record anew.
 */
export class SharedSources {
  readonly #uses = new Map<string, ColumnUse[]>();
  #version = 0;

  /** Another one after each change. */
  get version(): number {
    return this.#version;
  }

  /** A task begins to read a source. */
  join(source: string, use: ColumnUse): void {
    const uses = this.#uses.get(source);
    if (uses === undefined) this.#uses.set(source, [use]);
    else uses.push(use);
    this.#version++;
  }

  leave(source: string, use: ColumnUse): void {
    const uses = this.#uses.get(source)!;
    uses.splice(uses.indexOf(use), 1);
    if (uses.length === 0) this.#uses.delete(source);
    this.#version++;
  }

  /** Of so many columns, whether somebody uses each; `own` counts also before it has joined. */
  usedColumns(source: string, own: ColumnUse, count: number): readonly boolean[] {
    const uses = [own, ...(this.#uses.get(source) ?? [])];
    return Array.from({ length: count }, (_, position) => uses.some((use) => use.has(position)));
  }
}
