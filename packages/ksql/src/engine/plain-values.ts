import type { Decimal } from '../types/decimal.ts';
import { printerOf } from '../types/print-value.ts';
import type { ResultColumn, ResultRow, ResultValue } from '../types/result-values.ts';
import type { SimpleColumn } from '../types/schema.ts';
import { printType, quoteNone, type SqlType } from '../types/sql-type.ts';
import type { Row, SqlValue } from '../types/values.ts';

export function resultColumns(columns: readonly SimpleColumn[]): readonly ResultColumn[] {
  return columns.map(({ name, type }) => ({ name, type: printType(type, quoteNone) }));
}

/** Turns the values of rows with these types into plain ones; made once for a result. */
export function rowConverter(types: readonly SqlType[]): (row: Row) => ResultRow {
  const converters = types.map(converterOf);
  return (row) => converters.map((convert, position) => convert(row[position] ?? null));
}

type Converter = (value: SqlValue) => ResultValue;

function converterOf(type: SqlType): Converter {
  const convert = nonNullConverterOf(type);
  return (value) => (value === null ? null : convert(value));
}

function nonNullConverterOf(type: SqlType): Converter {
  switch (type.kind) {
    case 'DECIMAL':
      return (value) => (value as Decimal).toString();
    case 'TIMESTAMP':
      return (value) => new Date(value as number);
    case 'DATE':
    case 'TIME':
      return printerOf(type);
    case 'ARRAY': {
      const convert = converterOf(type.element);
      return (value) => (value as readonly SqlValue[]).map(convert);
    }
    case 'MAP': {
      const print = printerOf(type.key);
      const convert = converterOf(type.value);
      return (value) => {
        const entries = [...(value as ReadonlyMap<SqlValue, SqlValue>)];
        return Object.fromEntries(entries.map(([key, each]) => [key === null ? 'null' : print(key), convert(each)]));
      };
    }
    case 'STRUCT': {
      const fields = type.fields.map((field) => ({ name: field.name, convert: converterOf(field.type) }));
      return (value) => {
        const values = value as readonly SqlValue[];
        return Object.fromEntries(
          fields.map(({ name, convert }, position) => [name, convert(values[position] ?? null)]),
        );
      };
    }
    default:
      return (value) => value as ResultValue;
  }
}
