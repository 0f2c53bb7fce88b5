import type { ColumnsSerde } from '../formats/format.ts';
import { castFunction } from '../types/casts.ts';
import type { SimpleColumn } from '../types/schema.ts';
import { SqlTypes } from '../types/sql-type.ts';
import type { Row } from '../types/values.ts';

/** Types whose values clients write as texts: what a query gives can be inserted as it came. */
const AS_TEXT: ReadonlySet<string> = new Set(['DECIMAL', 'TIMESTAMP', 'DATE', 'TIME']);

/** Reads rows of JSON whose decimals and times may be texts, as ksqlDB's `/inserts-stream` takes them. */
export class RowTexts {
  readonly #columns: readonly SimpleColumn[];
  readonly #serdeOf: (columns: readonly SimpleColumn[]) => ColumnsSerde;
  readonly #places: readonly number[];
  /** By the columns that are texts. */
  readonly #serdes = new Map<string, ColumnsSerde>();

  constructor(columns: readonly SimpleColumn[], serdeOf: (columns: readonly SimpleColumn[]) => ColumnsSerde) {
    this.#columns = columns;
    this.#serdeOf = serdeOf;
    this.#places = columns.flatMap(({ type }, place) => (AS_TEXT.has(type.kind) ? [place] : []));
  }

  /** Null for what is no object. @throws MillraceError of the format, and of texts that are no such values */
  read(text: string, topic: string): Row | null {
    const texts = this.#places.length === 0 ? [] : this.#textsIn(text);
    const row = this.#serde(texts).deserialize(Buffer.from(text), topic);
    if (row === null || texts.length === 0) return row;
    const read = [...row];
    for (const place of texts)
      read[place] = castFunction(SqlTypes.STRING, this.#columns[place]!.type)(row[place] ?? null);
    return read;
  }

  /** The places of the columns that are texts here, and are of a type that is none. */
  #textsIn(text: string): readonly number[] {
    const row: unknown = JSON.parse(text);
    if (typeof row !== 'object' || row === null) return [];
    const texts = new Set(Object.entries(row).flatMap(([name, value]) => (typeof value === 'string' ? [name] : [])));
    const upper = new Set([...texts].map((name) => name.toUpperCase()));
    return this.#places.filter((place) => {
      const { name } = this.#columns[place]!;
      return texts.has(name) || upper.has(name);
    });
  }

  #serde(texts: readonly number[]): ColumnsSerde {
    const key = texts.join();
    const known = this.#serdes.get(key);
    if (known !== undefined) return known;
    const columns = this.#columns.map((column, place) => {
      return texts.includes(place) ? { ...column, type: SqlTypes.STRING } : column;
    });
    const made = this.#serdeOf(columns);
    this.#serdes.set(key, made);
    return made;
  }
}
