import { encodeBase64 } from '../lib/base64.ts';
import { printDouble } from '../types/java-text.ts';
import type { ResultRow, ResultValue } from '../types/result-values.ts';
import type { SqlType } from '../types/sql-type.ts';
import { printTimestamp } from '../types/time-text.ts';

type Printer = (value: ResultValue) => string;

/** The cells of rows of these types as ksqlDB's CLI prints them, which is how Java prints its collections. */
export function cellPrinter(types: readonly SqlType[]): (row: ResultRow) => readonly string[] {
  const printers = types.map(printerOf);
  return (row) => printers.map((print, position) => print(row[position] ?? null));
}

function printerOf(type: SqlType): Printer {
  const print = nonNullPrinterOf(type);
  return (value) => (value === null ? 'null' : print(value));
}

function nonNullPrinterOf(type: SqlType): Printer {
  switch (type.kind) {
    case 'DOUBLE':
      return (value) => printDouble(value as number);
    case 'TIMESTAMP':
      return (value) => printTimestamp((value as Date).getTime());
    case 'BYTES':
      return (value) => encodeBase64(value as Uint8Array);
    case 'ARRAY': {
      const print = printerOf(type.element);
      return (value) => `[${(value as readonly ResultValue[]).map(print).join(', ')}]`;
    }
    case 'MAP': {
      const print = printerOf(type.value);
      return (value) => printMap(value, () => print);
    }
    case 'STRUCT': {
      const fields = new Map(type.fields.map((field) => [field.name, printerOf(field.type)]));
      return (value) => printMap(value, (name) => fields.get(name) ?? String);
    }
    default:
      return String;
  }
}

function printMap(value: ResultValue, printerFor: (name: string) => Printer): string {
  const entries = Object.entries(value as Readonly<Record<string, ResultValue>>);
  return `{${entries.map(([name, each]) => `${name}=${printerFor(name)(each)}`).join(', ')}}`;
}
