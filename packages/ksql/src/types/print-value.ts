import { encodeBase64 } from '../lib/base64.ts';
import type { Decimal } from './decimal.ts';
import { printDouble } from './java-text.ts';
import type { SqlType } from './sql-type.ts';
import { printDate, printTime, printTimestamp } from './time-text.ts';
import type { SqlValue } from './values.ts';

/**
 * Prints non-null values of a type as a CAST to STRING does, which for nested types is how Java prints its collections:
 * `[1, null]`, `{a=1}`, `Struct{A=1,B=x}` (fields that are null are left out).
 */
export function printerOf(type: SqlType): (value: SqlValue) => string {
  switch (type.kind) {
    case 'STRING':
      return (value) => value as string;
    case 'DOUBLE':
      return (value) => printDouble(value as number);
    case 'DECIMAL':
      return (value) => (value as Decimal).toString();
    case 'BYTES':
      return (value) => encodeBase64(value as Uint8Array);
    case 'TIME':
      return (value) => printTime(value as number);
    case 'DATE':
      return (value) => printDate(value as number);
    case 'TIMESTAMP':
      return (value) => printTimestamp(value as number);
    case 'ARRAY': {
      const print = orNull(printerOf(type.element));
      return (value) => `[${(value as readonly SqlValue[]).map(print).join(', ')}]`;
    }
    case 'MAP': {
      const printKey = orNull(printerOf(type.key));
      const printEach = orNull(printerOf(type.value));
      return (value) => {
        const entries = [...(value as ReadonlyMap<SqlValue, SqlValue>)];
        return `{${entries.map(([key, each]) => `${printKey(key)}=${printEach(each)}`).join(', ')}}`;
      };
    }
    case 'STRUCT': {
      const fields = type.fields.map((field) => ({ name: field.name, print: printerOf(field.type) }));
      return (value) => {
        const values = value as readonly SqlValue[];
        const present = fields.flatMap(({ name, print }, index) => {
          const each = values[index]!;
          return each === null ? [] : [`${name}=${print(each)}`];
        });
        return `Struct{${present.join(',')}}`;
      };
    }
    default:
      return String;
  }
}

/** Prints what may be null, too, which is `null`. */
export const orNull =
  (print: (value: SqlValue) => string) =>
  (value: SqlValue): string =>
    value === null ? 'null' : print(value);
