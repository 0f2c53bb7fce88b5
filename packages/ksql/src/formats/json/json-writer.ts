import { encodeBase64 } from '../../lib/base64.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Decimal } from '../../types/decimal.ts';
import { printDouble } from '../../types/java-text.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET } from './json-cursor.ts';
import { JsonOutput } from './json-output.ts';

/** Writes a value of one SQL type as JSON. */
export type JsonWriter = (value: SqlValue, output: JsonOutput) => void;

/** One for all texts: writing is never interrupted. */
const output = new JsonOutput();

/** The JSON of one value, in UTF-8. */
export function writeJson(write: JsonWriter, value: SqlValue): Uint8Array {
  output.begin();
  write(value, output);
  return output.take();
}

/** Compiles the writer of a type: numbers with all their digits, decimals with their scale, times as numbers. */
export function jsonWriterOf(type: SqlType): JsonWriter {
  const write = writerOf(type);
  return (value, to) => {
    if (value === null) to.raw(NULL);
    else write(value, to);
  };
}

const [TRUE, FALSE, NULL] = ['true', 'false', 'null'].map((word) => encodeUtf8(word)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

function writerOf(type: SqlType): JsonWriter {
  switch (type.kind) {
    case 'BOOLEAN':
      return (value, to) => to.raw(value === true ? TRUE : FALSE);
    case 'INTEGER':
    case 'TIME':
    case 'DATE':
    case 'TIMESTAMP':
      return (value, to) => to.number(value as number, 0);
    case 'BIGINT':
      return (value, to) => {
        const number = Number(value);
        if (Number.isSafeInteger(number)) to.number(number, 0);
        else to.ascii(String(value));
      };
    case 'DOUBLE':
      return (value, to) =>
        to.ascii(Number.isFinite(value) ? printDouble(value as number) : `"${String(value as number)}"`);
    case 'DECIMAL':
      return (value, to) => writeDecimal(value as Decimal, to);
    case 'STRING':
      return (value, to) => to.string(value as string);
    case 'BYTES':
      return (value, to) => to.ascii(`"${encodeBase64(value as Uint8Array)}"`);
    case 'ARRAY':
      return arrayWriter(jsonWriterOf(type.element));
    case 'MAP':
      return mapWriter(jsonWriterOf(type.value));
    case 'STRUCT':
      return structWriter(type.fields);
  }
}

function writeDecimal(value: Decimal, to: JsonOutput): void {
  const unscaled = Number(value.unscaled);
  if (value.scale >= 0 && Number.isSafeInteger(unscaled)) to.number(unscaled, value.scale);
  else to.ascii(value.toString());
}

function arrayWriter(write: JsonWriter): JsonWriter {
  return (value, to) => {
    const elements = value as readonly SqlValue[];
    to.byte(OPEN_BRACKET);
    for (let index = 0; index < elements.length; index++) {
      if (index > 0) to.byte(COMMA);
      write(elements[index]!, to);
    }
    to.byte(CLOSE_BRACKET);
  };
}

function mapWriter(write: JsonWriter): JsonWriter {
  return (value, to) => {
    let separator = OPEN_BRACE;
    for (const [key, each] of value as ReadonlyMap<SqlValue, SqlValue>) {
      to.byte(separator);
      to.string(String(key));
      to.byte(COLON);
      write(each, to);
      separator = COMMA;
    }
    if (separator === OPEN_BRACE) to.byte(OPEN_BRACE);
    to.byte(CLOSE_BRACE);
  };
}

/** Fields in declared order under their declared names; null ones too. */
export function structWriter(fields: readonly SimpleColumn[]): JsonWriter {
  const parts = fields.map((field, index) => ({
    before: encodeUtf8(`${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`),
    write: jsonWriterOf(field.type),
  }));
  return (value, to) => {
    const values = value as readonly SqlValue[];
    for (let index = 0; index < parts.length; index++) {
      const { before, write } = parts[index]!;
      to.raw(before);
      write(values[index]!, to);
    }
    if (parts.length === 0) to.byte(OPEN_BRACE);
    to.byte(CLOSE_BRACE);
  };
}
