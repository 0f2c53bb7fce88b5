import type { TimestampExtractor } from '@millrace/streams';
import type { TimestampColumn } from '../catalog/data-source.ts';
import { booleanSetting, THROW_ON_INVALID_TIMESTAMP } from '../lib/ksql-config.ts';
import { causesOf } from '../processing-log/messages.ts';
import type { Expression } from '../syntax/ast.ts';
import { type LogicalSchema, SchemaBuilder } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import type { CompileContext } from './compile-context.ts';
import { keyValues, type RowKey } from './holders.ts';

/** Thrown for a time that can't be read; the caller decides whether the record is dropped or the query stops. */
class InvalidTimestamp extends Error {
  override readonly name = 'InvalidTimestamp';
}

/** Milliseconds of a key and a row. Throws where the column holds no time. */
export type TimeReader = (key: RowKey, row: Row) => number;

/** Reads event time from a column of the row or of the key. */
export function timeReader(
  { column, format }: TimestampColumn,
  schema: LogicalSchema,
  stepContext: string,
  context: CompileContext,
): TimeReader {
  const columns = [...schema.key, ...schema.value];
  const position = columns.findIndex((each) => each.name === column);
  const keyCount = schema.key.length;
  const pick = (key: RowKey, row: Row): SqlValue =>
    position < keyCount ? keyValues(key, keyCount)[position]! : row[position - keyCount]!;
  const toMs = format === null ? plainTime : parsedTime(format, stepContext, context);
  return (key, row) => {
    const value = pick(key, row);
    if (value === null) throw new InvalidTimestamp(`Timestamp column is null: ${column}`);
    const timeMs = toMs(value);
    if (timeMs < 0) throw new InvalidTimestamp(`Timestamp is negative: ${timeMs}`);
    return timeMs;
  };
}

function plainTime(value: SqlValue): number {
  return Number(value);
}

/** Dates in text are read as the function STRINGTOTIMESTAMP reads them. */
function parsedTime(format: string, stepContext: string, context: CompileContext): (value: SqlValue) => number {
  const call: Expression = {
    kind: 'function-call',
    name: 'STRINGTOTIMESTAMP',
    args: [
      { kind: 'column', source: null, name: 'TEXT', location: null },
      { kind: 'string', value: format, location: null },
    ],
    location: null,
  };
  const schema = new SchemaBuilder().value('TEXT', { kind: 'STRING' }).build();
  const compiled = context.projection([call], schema);
  const report = context.failuresOf(stepContext);
  return (value) => {
    const result = compiled.evaluate([value], report)[0];
    if (result === null || result === undefined) throw new InvalidTimestamp(`Unable to parse ${value} as ${format}`);
    return Number(result);
  };
}

/** Null: records keep the time they were written with. */
export function timestampExtractor(
  timestamp: TimestampColumn | null,
  schema: LogicalSchema,
  stepContext: string,
  context: CompileContext,
): TimestampExtractor | null {
  if (timestamp === null) return null;
  const read = timeReader(timestamp, schema, stepContext, context);
  const { config, processingLog } = context.options;
  const mustThrow = booleanSetting(config, THROW_ON_INVALID_TIMESTAMP) === true;
  return (record) => {
    // A record without value has no column to read, and no row to order.
    if (record.value === null) return record.timestamp;
    try {
      return read(record.key as RowKey, record.value as Row);
    } catch (error) {
      if (mustThrow) throw error;
      processingLog.report({
        kind: 'record-processing-error',
        logger: `${context.logger(stepContext)}.timestamp-extractor`,
        message: `Failed to extract timestamp from row: ${causesOf(error)[0]}`,
        cause: causesOf(error),
      });
      return DROP_RECORD;
    }
  };
}

/** A negative time makes the runtime skip the record. */
const DROP_RECORD = -1;
