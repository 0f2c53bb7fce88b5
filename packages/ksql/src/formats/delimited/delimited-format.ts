import { MillraceError } from '@millrace/base';
import { decodeBase64, encodeBase64 } from '../../lib/base64.ts';
import { type Decimal, parseDecimal } from '../../types/decimal.ts';
import { parseDouble, parseInteger, parseLong, printDouble } from '../../types/java-text.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlKind, SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { DeserializationError, type Format, refuseTypes } from '../format.ts';
import { fitExactly } from '../json/json-reader.ts';
import { joinCsv, splitCsv } from './csv.ts';

/** Rows as one line of separated values. The setting `delimiter` is one character, `SPACE` or `TAB`. */
export const DELIMITED_FORMAT: Format = {
  name: 'DELIMITED',
  features: new Set(['UNWRAP_SINGLES']),
  properties: new Set(['delimiter']),
  checkColumns,
  createSerde(columns, options) {
    checkColumns(columns);
    const delimiter = parseDelimiter(options.properties.delimiter ?? ',');
    const parsers = columns.map((column) => parserOf(column.type));
    const printers = columns.map((column) => printerOf(column.type));
    return {
      serialize: (row) => {
        if (row === null) return null;
        // The only key column without a value is a record without key.
        if (options.isKey && row.length === 1 && row[0] === null) return null;
        return encoder.encode(
          joinCsv(
            printers.map((print, index) => printField(row[index]!, print)),
            delimiter,
          ),
        );
      },
      deserialize: (bytes, topic) => {
        if (bytes === null) return null;
        try {
          return parseLine(decoder.decode(bytes), delimiter, parsers);
        } catch (cause) {
          const part = options.isKey ? 'key' : 'value';
          throw new DeserializationError(
            `Failed to deserialize ${part} from topic: ${topic}. ${(cause as Error).message}`,
            { topic, cause },
          );
        }
      },
    };
  },
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const NAMED: Readonly<Record<string, string>> = { SPACE: ' ', TAB: '\t' };

/** @throws MillraceError `INVALID_FORMAT_PROPERTY`, worded as ksqlDB does */
function parseDelimiter(text: string): string {
  const named = NAMED[text];
  if (named !== undefined) return named;
  if (text.trim() === '') {
    throw new MillraceError(
      'INVALID_FORMAT_PROPERTY',
      'Delimiter cannot be empty, if you meant to have a tab or space for delimiter, please use the special values ' +
        "'TAB' or 'SPACE'\nExample valid value: ';'",
    );
  }
  if (text.length > 1) {
    throw new MillraceError(
      'INVALID_FORMAT_PROPERTY',
      `Invalid delimiter value: '${text}'. Delimiter must be a single character or TAB,SPACE`,
    );
  }
  return text;
}

function checkColumns(columns: readonly SimpleColumn[]): void {
  refuseTypes('DELIMITED', columns, (kind) => !NESTED.has(kind));
}

const NESTED: ReadonlySet<SqlKind> = new Set<SqlKind>(['ARRAY', 'MAP', 'STRUCT']);

type Parser = (text: string) => SqlValue;

function parseLine(line: string, delimiter: string, parsers: readonly Parser[]): SqlValue[] {
  if (line === '') throw new Error('No fields in record');
  const fields = splitCsv(line, delimiter);
  if (fields.length !== parsers.length) {
    throw new Error(`Column count mismatch on deserialization. expected: ${parsers.length}, got: ${fields.length}`);
  }
  return parsers.map((parse, index) => (fields[index] === '' ? null : parse(fields[index]!)));
}

function checked(type: SqlType, parse: Parser): Parser {
  return (text) => {
    const value = parse(text);
    if (value === null) throw new Error(`'${text}' is no value of type ${type.kind}`);
    return value;
  };
}

const parseNumber = (text: string): number | null => {
  const value = parseLong(text);
  return value === null ? null : Number(value);
};

function parserOf(type: SqlType): Parser {
  switch (type.kind) {
    case 'BOOLEAN':
      return (text) => text.toLowerCase() === 'true';
    case 'INTEGER':
      return checked(type, parseInteger);
    case 'BIGINT':
      return checked(type, parseLong);
    case 'DOUBLE':
      return checked(type, (text) => parseDouble(text.trim()));
    case 'TIME':
    case 'DATE':
    case 'TIMESTAMP':
      return checked(type, parseNumber);
    case 'DECIMAL':
      return checked(type, (text) => {
        const parsed = parseDecimal(text);
        return parsed === null ? null : fitExactly(parsed, type);
      });
    case 'BYTES':
      return checked(type, decodeBase64);
    default:
      return (text) => text;
  }
}

type Printer = (value: SqlValue) => string;

const printField = (value: SqlValue, print: Printer): string | null => (value === null ? null : print(value));

function printerOf(type: SqlType): Printer {
  switch (type.kind) {
    case 'DOUBLE':
      return (value) => printDouble(value as number);
    case 'DECIMAL':
      return (value) => (value as Decimal).toString();
    case 'BYTES':
      return (value) => encodeBase64(value as Uint8Array);
    default:
      return String;
  }
}
