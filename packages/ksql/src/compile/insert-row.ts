import { MillraceError } from '@millrace/base';
import { typeExpression } from '../analysis/expression-type.ts';
import { columnsIn } from '../analysis/rewrite-expression.ts';
import { type Catalog, caseHint } from '../catalog/catalog.ts';
import type { DataSource } from '../catalog/data-source.ts';
import type { FunctionContext } from '../functions/function.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { causesOf } from '../processing-log/messages.ts';
import type { Expression, InsertValues } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { printerOf } from '../types/print-value.ts';
import { isPseudoColumn, isSystemColumn, ROWTIME, SchemaBuilder, type SimpleColumn } from '../types/schema.ts';
import { printName, printType, type SqlType, SqlTypes } from '../types/sql-type.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { compileTyped } from './expressions/compile-expression.ts';
import { keyOf, type RowKey } from './holders.ts';
import { insertCoercion } from './insert-coercion.ts';

export type InsertedRow = {
  readonly source: DataSource;
  readonly key: RowKey;
  readonly value: Row;
  /** Null: the time of writing. */
  readonly timestamp: number | null;
};

export type InsertContext = {
  readonly catalog: Catalog;
  readonly functions: FunctionRegistry;
  readonly functionContext: FunctionContext;
};

/**
 * The row of an INSERT VALUES, its values coerced to the types of their columns.
 * @throws KsqlException for rows that the source can't take
 */
export function insertedRow(statement: InsertValues, context: InsertContext): InsertedRow {
  const source = insertableSource(statement, context.catalog);
  try {
    return rowOf(source, coercedValues(statement, source, context));
  } catch (cause) {
    if (!(cause instanceof MillraceError)) throw cause;
    throw new KsqlException(`Failed to insert values into '${source.name}'. ${cause.message}`, cause);
  }
}

/**
 * The values of a list by their columns, in the columns' types; ROWTIME may be among them.
 * @throws KsqlException
 */
export function coercedValues(
  { columns: names, values }: Pick<InsertValues, 'columns' | 'values'>,
  source: DataSource,
  context: InsertContext,
): ReadonlyMap<string, SqlValue> {
  refuseHeaders(names, source);
  const count = names.length === 0 ? source.schema.key.length + source.schema.value.length : names.length;
  if (count !== values.length) {
    const [expected, given] = [
      names.map((name) => printName(name)).join(', '),
      values.map((value) => printExpression(value)).join(', '),
    ];
    throw new KsqlException(`Expected a value for each column. Expected Columns: [${expected}]. Got [${given}]`);
  }
  const columns = namedColumns(names, source);
  return new Map(columns.map((column, position) => [column.name, coerced(values[position]!, column, context)]));
}

/** A row of columns by name; those that are missing are null. @throws KsqlException for a table's row without its key */
export function rowOf(source: DataSource, values: ReadonlyMap<string, SqlValue>): InsertedRow {
  const { key, value } = source.schema;
  const columnValue = ({ name }: SimpleColumn): SqlValue => values.get(name) ?? null;
  const missing = key.filter(({ name }) => !values.has(name)).map(({ name }) => name);
  if (source.kind === 'TABLE' && missing.length > 0) {
    throw new KsqlException(`Value for primary key column(s) ${missing.join(', ')} is required for tables`);
  }
  const time = values.get(ROWTIME);
  return {
    source,
    key: keyOf(key.map(columnValue)),
    value: value.map(columnValue),
    timestamp: time === undefined || time === null ? null : Number(time),
  };
}

/** The stream or table that rows are to be written to. @throws KsqlException for one that takes none */
export function insertableSource({ target }: Pick<InsertValues, 'target'>, catalog: Catalog): DataSource {
  const source = catalog.sources.get(target);
  if (source === undefined) {
    throw new KsqlException(
      `Cannot insert values into an unknown stream/table: ${printName(target)}${caseHint(catalog, target)}`,
    );
  }
  if (source.readOnly) {
    throw new KsqlException(`Cannot insert values into read-only ${source.kind.toLowerCase()}: ${source.name}`);
  }
  if (source.keyFormat.window !== null) throw new KsqlException('Cannot insert values into windowed stream/table!');
  return source;
}

function refuseHeaders(columns: readonly string[], { schema }: DataSource): void {
  const headers = schema.headers.map(({ name }) => name);
  const named = columns.length === 0 ? headers : columns.filter((name) => headers.includes(name));
  if (named.length > 0) throw new KsqlException(`Cannot insert into HEADER columns: ${named.join(', ')}`);
}

function namedColumns(columns: readonly string[], { schema }: DataSource): readonly SimpleColumn[] {
  if (columns.length === 0) return [...schema.key, ...schema.value];
  return columns.map((name) => {
    if (name === ROWTIME) return { name, type: SqlTypes.BIGINT };
    const column = schema.columns.find((each) => each.name === name);
    if (isPseudoColumn(name)) throw new KsqlException(`Inserting into column ${printName(name)} is not allowed.`);
    if (column === undefined || isSystemColumn(name)) {
      throw new KsqlException(`Column name ${printName(name)} does not exist.`);
    }
    return column;
  });
}

const EMPTY_ROW: Row = [];
const EMPTY_SCHEMA = new SchemaBuilder().build();

/** Evaluates one value and takes it into the column's type. @throws KsqlException where that would lose something */
function coerced(expression: Expression, { name, type }: SimpleColumn, context: InsertContext): SqlValue {
  if (columnsIn(expression).length > 0) {
    throw new KsqlException(`Unsupported column reference in insert value: ${printExpression(expression)}`);
  }
  const scope = { schema: EMPTY_SCHEMA, functions: context.functions, customTypes: context.catalog.customTypes };
  const typed = typeExpression(expression, scope);
  if (typed.type === null) return null;
  const compiled = compileTyped([expression], [typed], { ...scope, context: context.functionContext });
  const [value = null] = compiled.evaluate(EMPTY_ROW, ({ expression: failed, error }) => {
    throw new KsqlException(`Error computing expression ${failed}: ${causesOf(error)[0]}`, error);
  });
  if (value === null) return null;
  try {
    return insertCoercion(typed.type, type)(value);
  } catch (cause) {
    throw new KsqlException(unfit(value, typed.type, { name, type }), cause);
  }
}

const TIME_HINTS: Readonly<Record<string, string>> = {
  TIMESTAMP: '. Timestamp format must be yyyy-mm-ddThh:mm:ss[.S]',
  TIME: '. Time format must be hh:mm:ss[.S]',
  DATE: '. Date format must be yyyy-mm-dd',
};

function unfit(value: SqlValue, from: SqlType, { name, type }: SimpleColumn): string {
  const hint = from.kind === 'STRING' ? (TIME_HINTS[type.kind] ?? '') : '';
  return `Expected type ${printType(type)} for field ${printName(name)} but got ${from.kind}(${printerOf(from)(value)})${hint}`;
}
