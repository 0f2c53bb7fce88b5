import { MillraceError } from '@millrace/base';
import { printName, printType, type QuoteName, quoteAll, type SqlType, SqlTypes } from './sql-type.ts';

/** Which part of a record a column is read from. */
export type Namespace = 'KEY' | 'VALUE' | 'HEADERS';

/** A column without its place: what a statement declares. */
export type SimpleColumn = { readonly name: string; readonly type: SqlType };

export type Column = SimpleColumn & {
  readonly namespace: Namespace;
  /** Position among the columns of the same namespace. */
  readonly index: number;
  /** For `HEADER('k')` columns the key looked for; absent on a `HEADERS` column, which has all of them. */
  readonly headerKey?: string;
};

/** The columns of a source or of an intermediate step, in declared order; build with {@link SchemaBuilder}. */
export type LogicalSchema = {
  readonly columns: readonly Column[];
  readonly key: readonly Column[];
  readonly value: readonly Column[];
  readonly headers: readonly Column[];
};

export const ROWTIME = 'ROWTIME';
export const ROWPARTITION = 'ROWPARTITION';
export const ROWOFFSET = 'ROWOFFSET';
export const WINDOWSTART = 'WINDOWSTART';
export const WINDOWEND = 'WINDOWEND';
/** The name of the key column that a join on expressions makes. */
export const ROWKEY = 'ROWKEY';

/** What every source has besides its declared columns, in the order in which rows carry them. */
export const PSEUDO_COLUMNS: readonly SimpleColumn[] = [
  { name: ROWTIME, type: SqlTypes.BIGINT },
  { name: ROWPARTITION, type: SqlTypes.INTEGER },
  { name: ROWOFFSET, type: SqlTypes.BIGINT },
];

/** What windowed sources have in addition. */
export const WINDOW_BOUND_COLUMNS: readonly SimpleColumn[] = [
  { name: WINDOWSTART, type: SqlTypes.BIGINT },
  { name: WINDOWEND, type: SqlTypes.BIGINT },
];

export const isPseudoColumn = (name: string): boolean => PSEUDO_COLUMNS.some((column) => column.name === name);
export const isWindowBound = (name: string): boolean => WINDOW_BOUND_COLUMNS.some((column) => column.name === name);
/** A pseudo column or a window bound: a name that no declared column may have. */
export const isSystemColumn = (name: string): boolean => isPseudoColumn(name) || isWindowBound(name);

/** Collects columns in declared order and numbers them within their namespace. */
export class SchemaBuilder {
  readonly #columns: Column[] = [];

  key(name: string, type: SqlType): this {
    return this.#add({ name, type, namespace: 'KEY' });
  }

  value(name: string, type: SqlType): this {
    return this.#add({ name, type, namespace: 'VALUE' });
  }

  /** A column of record headers: all of them, or with `headerKey` the last one of that key. */
  header(name: string, type: SqlType, headerKey?: string): this {
    return this.#add({ name, type, namespace: 'HEADERS', ...(headerKey === undefined ? {} : { headerKey }) });
  }

  keys(columns: readonly SimpleColumn[]): this {
    for (const column of columns) this.key(column.name, column.type);
    return this;
  }

  values(columns: readonly SimpleColumn[]): this {
    for (const column of columns) this.value(column.name, column.type);
    return this;
  }

  build(): LogicalSchema {
    const columns = Object.freeze([...this.#columns]);
    const of = (namespace: Namespace): readonly Column[] => columns.filter((each) => each.namespace === namespace);
    return { columns, key: of('KEY'), value: of('VALUE'), headers: of('HEADERS') };
  }

  /** Header columns share the names of the value; a key column may be named as a value column in inner schemas. */
  #add(column: Omit<Column, 'index'>): this {
    const isKey = column.namespace === 'KEY';
    if (this.#columns.some((other) => (other.namespace === 'KEY') === isKey && other.name === column.name)) {
      const place = isKey ? 'key' : 'value';
      throw new MillraceError(
        'DUPLICATE_COLUMN',
        `Duplicate ${place} columns found in schema: ${printName(column.name)} ${printType(column.type)}`,
      );
    }
    const index = this.#columns.filter((other) => other.namespace === column.namespace).length;
    this.#columns.push({ ...column, index });
    return this;
  }
}

/** The column of this name; a key column wins over a value column of the same name. */
export function findColumn(schema: LogicalSchema, name: string): Column | undefined {
  const matches = (column: Column): boolean => column.name === name;
  return schema.key.find(matches) ?? schema.value.find(matches) ?? schema.headers.find(matches);
}

export function findValueColumn(schema: LogicalSchema, name: string): Column | undefined {
  return schema.value.find((column) => column.name === name);
}

/**
 * The schema of rows inside a query: the key stays, and the value is what was declared in it, then header columns, pseudo
 * columns, a copy of the key columns and, for windowed sources, the window bounds. Applied to its own result it
 * changes nothing.
 */
export function withPseudoAndKeyColumnsInValue(
  schema: LogicalSchema,
  { windowed }: { readonly windowed: boolean },
): LogicalSchema {
  const declared = withoutPseudoAndKeyColumnsInValue(schema);
  const builder = new SchemaBuilder().keys(declared.key).values(declared.value).values(declared.headers);
  builder.values(PSEUDO_COLUMNS).values(declared.key);
  if (windowed) builder.values(WINDOW_BOUND_COLUMNS);
  return builder.build();
}

/** Takes out of the value what {@link withPseudoAndKeyColumnsInValue} put there (header columns of a source stay). */
function withoutPseudoAndKeyColumnsInValue(schema: LogicalSchema): LogicalSchema {
  const builder = new SchemaBuilder();
  const keyNames = new Set(schema.key.map((column) => column.name));
  builder.keys(schema.key);
  builder.values(schema.value.filter((column) => !isSystemColumn(column.name) && !keyNames.has(column.name)));
  for (const column of schema.headers) builder.header(column.name, column.type, column.headerKey);
  return builder.build();
}

export function printColumn(column: Column, quote: QuoteName = quoteAll): string {
  const printed = `${printName(column.name, quote)} ${printType(column.type, quote)}`;
  switch (column.namespace) {
    case 'KEY':
      return `${printed} KEY`;
    case 'HEADERS':
      return `${printed} ${column.headerKey === undefined ? 'HEADERS' : `HEADER('${column.headerKey}')`}`;
    case 'VALUE':
      return printed;
  }
}

/** All columns in declared order, as ksqlDB prints a schema: `` `K` STRING KEY, `V` BIGINT ``. */
export function printSchema(schema: LogicalSchema, quote: QuoteName = quoteAll): string {
  return schema.columns.map((column) => printColumn(column, quote)).join(', ');
}
