import { encodeBase64 } from '../lib/base64.ts';
import { printDouble } from '../types/java-text.ts';
import type { ResultRow, ResultValue } from '../types/result-values.ts';
import type { SqlType } from '../types/sql-type.ts';
import { printTimestamp } from '../types/time-text.ts';

type Writer = (value: ResultValue) => string;

/**
 * Writes rows with columns of these types as JSON arrays: BIGINT with all digits, DECIMAL with its scale, DOUBLE as Java
 * spells it, times as text. Made once for a result.
 */
export function rowWriter(types: readonly SqlType[]): (row: ResultRow) => string {
  const writers = types.map(writerOf);
  return (row) => `[${writers.map((write, position) => write(row[position] ?? null)).join(',')}]`;
}

function writerOf(type: SqlType): Writer {
  const write = nonNullWriterOf(type);
  return (value) => (value === null ? 'null' : write(value));
}

function nonNullWriterOf(type: SqlType): Writer {
  switch (type.kind) {
    case 'BOOLEAN':
    case 'INTEGER':
    case 'BIGINT':
    case 'DECIMAL':
      return String;
    case 'DOUBLE':
      return (value) => (Number.isFinite(value) ? printDouble(value as number) : `"${String(value)}"`);
    case 'STRING':
    case 'DATE':
    case 'TIME':
      return (value) => JSON.stringify(value);
    case 'TIMESTAMP':
      return (value) => `"${printTimestamp((value as Date).getTime())}"`;
    case 'BYTES':
      return (value) => `"${encodeBase64(value as Uint8Array)}"`;
    case 'ARRAY': {
      const write = writerOf(type.element);
      return (value) => `[${(value as readonly ResultValue[]).map(write).join(',')}]`;
    }
    case 'MAP': {
      const write = writerOf(type.value);
      return objectWriter(() => write);
    }
    case 'STRUCT': {
      const fields = new Map(type.fields.map((field) => [field.name, writerOf(field.type)]));
      return objectWriter((name) => fields.get(name)!);
    }
  }
}

function objectWriter(writerFor: (name: string) => Writer): Writer {
  return (value) => {
    const members = Object.entries(value as Readonly<Record<string, ResultValue>>);
    return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${writerFor(name)(each)}`).join(',')}}`;
  };
}
