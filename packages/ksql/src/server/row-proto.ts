import { protoText } from '../formats/protobuf/proto-text.ts';
import { PROTOBUF_NOSR_FORMAT } from '../formats/protobuf/protobuf-format.ts';
import { encodeBase64 } from '../lib/base64.ts';
import { parseDecimal } from '../types/decimal.ts';
import type { ResultRow, ResultValue } from '../types/result-values.ts';
import type { SimpleColumn } from '../types/schema.ts';
import type { SqlType } from '../types/sql-type.ts';
import { parseDate, parseTime } from '../types/time-text.ts';
import type { SqlValue } from '../types/values.ts';

export type RowMessages = {
  /** The message of a row as a .proto text. */
  readonly text: string;
  /** A row as the bytes of such a message, in base64. */
  write(row: ResultRow): string;
};

/**
 * Rows with these columns as messages of Protocol Buffers; fields are numbered from 1, in the order of the columns.
 * @throws MillraceError `FORMAT_UNSUPPORTED` when a column's type has no message
 */
export function rowMessages(columns: readonly SimpleColumn[]): RowMessages {
  const serde = PROTOBUF_NOSR_FORMAT.createSerde(columns, { isKey: false, features: new Set(), properties: {} });
  const converters = columns.map(({ type }) => converterOf(type));
  return {
    text: protoText(columns, {}),
    write(row) {
      const values = converters.map((convert, position) => convert(row[position] ?? null));
      return encodeBase64(serde.serialize(values, '')!);
    },
  };
}

type Converter = (value: ResultValue) => SqlValue;

/** The way back from a result's plain values. */
function converterOf(type: SqlType): Converter {
  const convert = nonNullConverterOf(type);
  return (value) => (value === null ? null : convert(value));
}

function nonNullConverterOf(type: SqlType): Converter {
  switch (type.kind) {
    case 'DECIMAL':
      return (value) => parseDecimal(value as string);
    case 'TIMESTAMP':
      return (value) => (value as Date).getTime();
    case 'DATE':
      return (value) => parseDate(value as string);
    case 'TIME':
      return (value) => parseTime(value as string);
    case 'ARRAY': {
      const convert = converterOf(type.element);
      return (value) => (value as readonly ResultValue[]).map(convert);
    }
    case 'MAP': {
      const convert = converterOf(type.value);
      return (value) => new Map(Object.entries(value as object).map(([key, each]) => [key, convert(each)]));
    }
    case 'STRUCT': {
      const fields = type.fields.map((field) => ({ name: field.name, convert: converterOf(field.type) }));
      return (value) => {
        const values = value as Readonly<Record<string, ResultValue>>;
        return fields.map(({ name, convert }) => convert(values[name] ?? null));
      };
    }
    default:
      return (value) => value as SqlValue;
  }
}
