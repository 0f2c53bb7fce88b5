import { KsqlException } from '../lib/ksql-exception.ts';
import { type Column, findColumn, type LogicalSchema, printColumn } from '../types/schema.ts';
import { printName, sameType } from '../types/sql-type.ts';
import type { DataSource, FormatInfo, KeyFormat, ValueFormat } from './data-source.ts';

/** How ksqlDB prints what has to stay. */
const FIXED: readonly (readonly [string, (source: DataSource) => string])[] = [
  ['type', ({ kind }) => `K${kind}`],
  ['topic', printTopic],
  ['timestampColumn', printTimestamp],
];

/**
 * CREATE OR REPLACE may add columns, and nothing else may change that readers rely on.
 * @throws KsqlException naming all that differs
 */
export function checkReplacement(existing: DataSource, next: DataSource): void {
  const told = (what: string, from: string, to: string): string =>
    `DataSource '${printName(existing.name)}' has ${what} = ${from} which is not upgradeable to ${to}`;
  const problems = FIXED.flatMap(([what, print]) => {
    const [from, to] = [print(existing), print(next)];
    return from === to ? [] : [told(what, from, to)];
  });
  const lost = lostColumns(existing.schema, next.schema);
  if (lost !== null) {
    const { columns } = next.schema;
    problems.push(`${told('schema', printColumns(existing.schema.columns), printColumns(columns))}. (${lost})`);
  }
  if (problems.length > 0) throw new KsqlException(`Cannot upgrade data source: ${problems.join('\n\tAND ')}`);
}

/** Which columns are no longer at the same place with the same type; keys come first. */
function lostColumns({ key, columns }: LogicalSchema, next: LogicalSchema): string | null {
  const lostKeys = key.filter((column) => !keeps(next, column));
  const lost = columns.filter((column) => !keeps(next, column));
  if (lost.length === 0) return null;
  return lostKeys.length > 0
    ? 'Key columns must be identical. The following key columns are changed, missing or reordered: ' +
        `[${printColumns(lostKeys)}]`
    : `The following columns are changed, missing or reordered: [${printColumns(lost)}]`;
}

/** Whether a schema has a column at the same place with the same type. */
function keeps(schema: LogicalSchema, column: Column): boolean {
  const other = findColumn(schema, column.name);
  const samePlace = other?.namespace === column.namespace && other.index === column.index;
  return samePlace && sameType(column.type, other.type);
}

function printColumns(columns: readonly Column[]): string {
  return columns.map((each) => printColumn(each)).join(', ');
}

function printTopic({ topic, keyFormat, valueFormat }: DataSource): string {
  return (
    `KsqlTopic{kafkaTopicName='${topic}', keyFormat=KeyFormat{${printFormat(keyFormat)}, ` +
    `window=${printWindow(keyFormat)}}, valueFormat=ValueFormat{${printFormat(valueFormat)}}}`
  );
}

function printFormat({ format, properties, features }: ValueFormat): string {
  return `format=${printFormatInfo({ format, properties })}, features=[${features.join(', ')}]`;
}

function printFormatInfo({ format, properties }: FormatInfo): string {
  const entries = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  return `FormatInfo{format=${format}, properties={${entries.sort().join(', ')}}}`;
}

function printWindow({ window }: KeyFormat): string {
  if (window === null) return 'Optional.empty';
  const size = window.sizeMs === null ? 'Optional.empty' : `Optional[PT${window.sizeMs / 1000}S]`;
  return `Optional[WindowInfo{type=${window.type}, size=${size}}]`;
}

function printTimestamp({ timestampColumn }: DataSource): string {
  if (timestampColumn === null) return 'Optional.empty';
  const { column, format } = timestampColumn;
  const printed = format === null ? 'Optional.empty' : `Optional[${format}]`;
  return `Optional[TimestampColumn{column=${printName(column)}, format=${printed}}]`;
}
