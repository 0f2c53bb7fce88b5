import { MillraceError } from '@millrace/base';
import { stringifyExactJson } from '../../formats/json/exact-json.ts';
import { recordToJson } from '../../formats/registry-json.ts';
import type { SchemaRegistry } from '../../formats/schema-registry/schema-registry.ts';
import { readSchemaId } from '../../formats/schema-registry/wire-header.ts';
import { printDouble } from '../../types/java-text.ts';

/** What the bytes of a key or value could be, under the names that PRINT tells. */
export type GuessedFormat =
  | 'AVRO'
  | 'PROTOBUF'
  | 'JSON_SR'
  | 'JSON'
  | 'KAFKA_STRING'
  | 'KAFKA_INT'
  | 'KAFKA_BIGINT'
  | 'KAFKA_DOUBLE'
  | 'UNRECOGNISED';

const REGISTRY_NAMES = { AVRO: 'AVRO', PROTOBUF: 'PROTOBUF', JSON: 'JSON_SR' } as const;

/** All formats that the bytes could be in, the likeliest first. */
export function guessFormats(bytes: Uint8Array, registry: SchemaRegistry | undefined): readonly GuessedFormat[] {
  const registered = registeredFormat(bytes, registry);
  if (registered !== null) return [registered];
  const text = textOf(bytes);
  const formats: GuessedFormat[] = [];
  if (text !== null && isJson(text)) formats.push('JSON');
  if (text !== null && isPrintable(text)) formats.push('KAFKA_STRING');
  else if (bytes.length === 4) formats.push('KAFKA_INT');
  else if (bytes.length === 8) formats.push('KAFKA_BIGINT', 'KAFKA_DOUBLE');
  return formats.length === 0 ? ['UNRECOGNISED'] : formats;
}

/** The bytes as text, read in one of the formats that they could be in. */
export function printBytes(bytes: Uint8Array | null, registry: SchemaRegistry | undefined): string {
  if (bytes === null) return '<null>';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (guessFormats(bytes, registry)[0]) {
    case 'AVRO':
    case 'PROTOBUF':
    case 'JSON_SR':
      return stringifyExactJson(recordToJson(bytes, registry!));
    case 'JSON':
    case 'KAFKA_STRING':
      return textOf(bytes)!;
    case 'KAFKA_INT':
      return String(view.getInt32(0));
    case 'KAFKA_BIGINT':
      return String(view.getBigInt64(0));
    case 'KAFKA_DOUBLE':
      return printDouble(view.getFloat64(0));
    default:
      return `0x${Buffer.from(bytes).toString('hex').toUpperCase()}`;
  }
}

function registeredFormat(bytes: Uint8Array, registry: SchemaRegistry | undefined): GuessedFormat | null {
  if (registry === undefined) return null;
  try {
    const schema = registry.schemaById(readSchemaId(bytes));
    if (schema === undefined) return null;
    recordToJson(bytes, registry);
    return REGISTRY_NAMES[schema.kind];
  } catch (thrown) {
    // Not behind a header, or not of that schema: something else then.
    if (thrown instanceof MillraceError && thrown.code.startsWith('REGISTRY')) throw thrown;
    return null;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    // No text.
    return null;
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{"\d\-tfn]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // No JSON.
    return false;
  }
}

/** Control signs beside line ends and tabs are of no text. */
const isPrintable = (text: string): boolean => !/[^\P{Cc}\t\n\r]/u.test(text);
