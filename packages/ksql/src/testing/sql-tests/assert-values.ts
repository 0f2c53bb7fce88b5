import type { DataSource } from '../../catalog/data-source.ts';
import { isWindowedKey, keyValues } from '../../compile/holders.ts';
import { coercedValues, type InsertContext } from '../../compile/insert-row.ts';
import { keySerde, valueSerde } from '../../compile/row-serdes.ts';
import type { SchemaRegistry } from '../../formats/schema-registry/schema-registry.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import { silentProcessingLog } from '../../processing-log/messages.ts';
import type { AssertValues } from '../../syntax/ast.ts';
import { equalityOf } from '../../types/compare.ts';
import { printerOf } from '../../types/print-value.ts';
import { ROWTIME } from '../../types/schema.ts';
import { type SqlType, SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { TopicRecord } from '../query-cases/topics.ts';

/** What an assertion looks at: the sources, and the records that no assertion has seen yet. */
type AssertedSession = InsertContext & {
  readonly registry: SchemaRegistry;
  nextRecord(topic: string): TopicRecord | undefined;
};

/** An assertion that does not hold; named as Java names it, for the tests that expect one. */
class AssertionError extends KsqlException {
  override readonly name: string = 'AssertionError';
}

/** Compares the next record of a source's topic with the values of the columns that are named. */
export function assertValues(statement: AssertValues, session: AssertedSession): void {
  const source = session.catalog.sources.get(statement.source);
  if (source === undefined) throw new KsqlException(`${statement.source} does not exist.`);
  const { catalog, functions, functionContext } = session;
  const expected = coercedValues(statement, source, { catalog, functions, functionContext });
  const record = session.nextRecord(source.topic);
  if (record === undefined) {
    throw new AssertionError(`Expected another record, but all records have already been read: ${source.name}`);
  }
  if (statement.tombstone && source.schema.value.some(({ name }) => (expected.get(name) ?? null) !== null)) {
    throw new AssertionError('Unexpected value columns specified in ASSERT NULL VALUES.');
  }
  if (statement.tombstone !== (record.value === null)) {
    throw mismatch(source, expected, statement.tombstone ? 'a record with a value' : 'a tombstone');
  }
  const actual = columnsOf(record, source, session);
  for (const [name, value] of expected) {
    const type = typeOf(name, source);
    if (!same(value, actual.get(name) ?? null, type)) throw mismatch(source, expected, printRow(actual, source));
  }
}

function typeOf(name: string, { schema }: DataSource): SqlType {
  return name === ROWTIME ? SqlTypes.BIGINT : schema.columns.find((column) => column.name === name)!.type;
}

function same(expected: SqlValue, actual: SqlValue, type: SqlType): boolean {
  if (expected === null || actual === null) return expected === actual;
  return equalityOf(type)(expected, actual);
}

function columnsOf(
  record: TopicRecord,
  source: DataSource,
  { registry }: AssertedSession,
): ReadonlyMap<string, SqlValue> {
  const { schema, keyFormat, valueFormat, topic } = source;
  const options = {
    formats: { key: keyFormat, value: valueFormat },
    logger: 'assert',
    processingLog: silentProcessingLog,
    registry,
  };
  const key =
    record.key === null ? null : keySerde(schema.key, keyFormat.window, options).deserialize(record.key, topic);
  const keys = keyValues(key !== null && isWindowedKey(key) ? key.key : key, schema.key.length);
  const values = record.value === null ? [] : valueSerde(schema.value, options).deserialize(record.value, topic);
  return new Map<string, SqlValue>([
    [ROWTIME, BigInt(record.timestamp)],
    ...schema.key.map((column, position): [string, SqlValue] => [column.name, keys[position] ?? null]),
    ...schema.value.map((column, position): [string, SqlValue] => [column.name, values[position] ?? null]),
  ]);
}

function mismatch(source: DataSource, expected: ReadonlyMap<string, SqlValue>, actual: string): AssertionError {
  return new AssertionError(
    `Expected record does not match actual.\nSource: ${source.name}\nExpected: ${printRow(expected, source)}\nActual: ${actual}`,
  );
}

function printRow(row: ReadonlyMap<string, SqlValue>, source: DataSource): string {
  const columns = [...row].map(([name, value]) => {
    const printed = value === null ? 'null' : printerOf(typeOf(name, source))(value);
    return `${name}=${printed}`;
  });
  return `{${columns.join(', ')}}`;
}
