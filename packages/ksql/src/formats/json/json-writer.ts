import { encodeBase64 } from '../../lib/base64.ts';
import type { Decimal } from '../../types/decimal.ts';
import { printDouble } from '../../types/java-text.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';

/** Writes a value of one SQL type as JSON. */
export type JsonWriter = (value: SqlValue) => string;

/** Compiles the writer of a type: numbers with all their digits, decimals with their scale, times as numbers. */
export function jsonWriterOf(type: SqlType): JsonWriter {
  const write = writerOf(type);
  return (value) => (value === null ? 'null' : write(value));
}

function writerOf(type: SqlType): JsonWriter {
  switch (type.kind) {
    case 'BOOLEAN':
    case 'INTEGER':
    case 'BIGINT':
    case 'TIME':
    case 'DATE':
    case 'TIMESTAMP':
      return String;
    case 'DOUBLE':
      return (value) => (Number.isFinite(value) ? printDouble(value as number) : `"${value as number}"`);
    case 'DECIMAL':
      return (value) => (value as Decimal).toString();
    case 'STRING':
      return JSON.stringify as JsonWriter;
    case 'BYTES':
      return (value) => `"${encodeBase64(value as Uint8Array)}"`;
    case 'ARRAY': {
      const write = jsonWriterOf(type.element);
      return (value) => `[${(value as readonly SqlValue[]).map(write).join(',')}]`;
    }
    case 'MAP': {
      const write = jsonWriterOf(type.value);
      return (value) => {
        const entries = [...(value as ReadonlyMap<SqlValue, SqlValue>)];
        return `{${entries.map(([key, each]) => `${JSON.stringify(String(key))}:${write(each)}`).join(',')}}`;
      };
    }
    case 'STRUCT':
      return structWriter(type.fields);
  }
}

/** Fields in declared order under their declared names; null ones too. */
export function structWriter(fields: readonly SimpleColumn[]): JsonWriter {
  const parts = fields.map((field, index) => ({
    before: `${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`,
    write: jsonWriterOf(field.type),
  }));
  if (parts.length === 0) return () => '{}';
  return (value) => {
    const values = value as readonly SqlValue[];
    let text = '';
    for (let index = 0; index < parts.length; index++) {
      const { before, write } = parts[index]!;
      text += before + write(values[index]!);
    }
    return `${text}}`;
  };
}
