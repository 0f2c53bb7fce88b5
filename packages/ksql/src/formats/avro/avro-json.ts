import { MillraceError } from '@millrace/base';
import { decodeBase64, encodeBase64 } from '../../lib/base64.ts';
import { Decimal, parseDecimal, rescale } from '../../types/decimal.ts';
import { parseLong, printDouble } from '../../types/java-text.ts';
import { bigIntFromBytes, bytesFromBigInt } from '../decimal-bytes.ts';
import { type ExactJson, JsonNumber, stringifyExactJson } from '../json/exact-json.ts';
import type { AvroCursor } from './avro-cursor.ts';
import type { AvroOutput } from './avro-output.ts';
import type { AvroDecimal, AvroPrimitive, AvroSchema } from './avro-schema.ts';
import { branchName } from './avro-types.ts';

/**
 * Avro values as JSON and back: for defaults in schemas, for PRINT, and for tools that read and write records as JSON.
 * Field names are found without case where they are not found exactly; what JSON does not have is null.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const mismatch = (schema: { readonly kind: string }, json: ExactJson): MillraceError =>
  new MillraceError('INVALID_VALUE', `${stringifyExactJson(json)} is no value of type ${schema.kind}`);

export function writeJsonAsAvro(schema: AvroSchema, json: ExactJson, output: AvroOutput): void {
  switch (schema.kind) {
    case 'union':
      writeUnion(schema.branches, json, output);
      return;
    case 'record':
      if (!(json instanceof Map)) throw mismatch(schema, json);
      for (const field of schema.fields) {
        writeJsonAsAvro(field.schema, fieldOf(json, field.name) ?? field.defaultValue ?? null, output);
      }
      return;
    case 'enum':
      output.int(Math.max(schema.symbols.indexOf(String(json)), 0));
      return;
    case 'fixed':
      output.raw(bytesOf(schema, json));
      return;
    case 'array':
      writeItems(schema, json, output);
      return;
    case 'map':
      if (!(json instanceof Map)) throw mismatch(schema, json);
      writeCounted(output, [...(json as ReadonlyMap<string, ExactJson>)], ([key, value]) => {
        output.sized(encoder.encode(key));
        writeJsonAsAvro(schema.values, value, output);
      });
      return;
    default:
      writePrimitive(schema, json, output);
      return;
  }
}

function writeCounted<Item>(output: AvroOutput, items: readonly Item[], write: (item: Item) => void): void {
  if (items.length > 0) output.int(items.length);
  for (const item of items) write(item);
  output.int(0);
}

/** An object is written as entries where the schema is an array of them. */
function writeItems(schema: AvroSchema & { kind: 'array' }, json: ExactJson, output: AvroOutput): void {
  if (Array.isArray(json)) {
    writeCounted(output, json as readonly ExactJson[], (item) => writeJsonAsAvro(schema.items, item, output));
    return;
  }
  if (!(json instanceof Map)) throw mismatch(schema, json);
  writeCounted(output, [...(json as ReadonlyMap<string, ExactJson>)], ([key, value]) => {
    const entry = new Map<string, ExactJson>([
      ['key', key],
      ['value', value],
    ]);
    writeJsonAsAvro(schema.items, entry, output);
  });
}

function fieldOf(json: ReadonlyMap<string, ExactJson>, name: string): ExactJson | undefined {
  const exact = json.get(name);
  if (exact !== undefined) return exact;
  const wanted = name.toUpperCase();
  for (const [key, value] of json) if (key.toUpperCase() === wanted) return value;
  return undefined;
}

function writeUnion(branches: readonly AvroSchema[], json: ExactJson, output: AvroOutput): void {
  const others = branches.filter((branch) => branch.kind !== 'null');
  let chosen = branches.findIndex((branch) => branch.kind === 'null');
  let value = json;
  if (json !== null) {
    const named = others.length > 1 && json instanceof Map ? namedBranch(others, json) : undefined;
    const branch = named?.branch ?? others.find((each) => accepts(each, json)) ?? others[0]!;
    chosen = branches.indexOf(branch);
    value = named?.value ?? json;
  }
  output.int(chosen);
  writeJsonAsAvro(branches[chosen]!, value, output);
}

/** `{"int": 1}` says which branch is meant. */
function namedBranch(
  branches: readonly AvroSchema[],
  json: ReadonlyMap<string, ExactJson>,
): { readonly branch: AvroSchema; readonly value: ExactJson } | undefined {
  for (const branch of branches) {
    const value = fieldOf(json, branchName(branch));
    if (value !== undefined && value !== null) return { branch, value };
  }
  return undefined;
}

function accepts(schema: AvroSchema, json: ExactJson): boolean {
  switch (schema.kind) {
    case 'boolean':
      return typeof json === 'boolean';
    case 'int':
    case 'long':
    case 'float':
    case 'double':
      return json instanceof JsonNumber;
    case 'string':
    case 'enum':
      return typeof json === 'string';
    case 'record':
    case 'map':
      return json instanceof Map;
    case 'array':
      return Array.isArray(json);
    default:
      return true;
  }
}

const numberText = (json: ExactJson): string => (json instanceof JsonNumber ? json.text : String(json));

function writePrimitive(schema: AvroPrimitive, json: ExactJson, output: AvroOutput): void {
  if (json === null && schema.kind !== 'null') throw mismatch(schema, json);
  switch (schema.kind) {
    case 'null':
      return;
    case 'boolean':
      output.boolean(json === true || json === 'true');
      return;
    case 'int':
      output.int(Math.trunc(Number(numberText(json))));
      return;
    case 'long':
      output.long(parseLong(numberText(json)) ?? BigInt(Math.trunc(Number(numberText(json)))));
      return;
    case 'float':
      output.float(Number(numberText(json)));
      return;
    case 'double':
      output.double(Number(numberText(json)));
      return;
    case 'string':
      output.sized(encoder.encode(typeof json === 'string' ? json : stringifyExactJson(json)));
      return;
    case 'bytes':
      output.sized(bytesOf(schema, json));
      return;
  }
}

type BytesSchema = { readonly kind: AvroSchema['kind']; readonly decimal: AvroDecimal | null };

function bytesOf(schema: BytesSchema, json: ExactJson): Uint8Array {
  const { decimal } = schema;
  if (decimal === null) {
    const bytes = typeof json === 'string' ? decodeBase64(json) : null;
    if (bytes === null) throw mismatch(schema, json);
    return bytes;
  }
  const parsed = parseDecimal(numberText(json));
  if (parsed === null) throw mismatch(schema, json);
  return bytesFromBigInt(rescale(parsed, decimal.scale).unscaled);
}

export function readAvroAsJson(schema: AvroSchema, cursor: AvroCursor): ExactJson {
  switch (schema.kind) {
    case 'union':
      return readAvroAsJson(schema.branches[cursor.int()]!, cursor);
    case 'record': {
      const fields = new Map<string, ExactJson>();
      for (const field of schema.fields) fields.set(field.name, readAvroAsJson(field.schema, cursor));
      return fields;
    }
    case 'enum':
      return schema.symbols[cursor.int()] ?? null;
    case 'fixed':
      return bytesAsJson(schema, cursor.take(schema.size));
    case 'array':
      return readItems(schema.items, cursor);
    case 'map': {
      const entries = new Map<string, ExactJson>();
      cursor.blocks(() =>
        entries.set(decoder.decode(cursor.take(cursor.int())), readAvroAsJson(schema.values, cursor)),
      );
      return entries;
    }
    default:
      return readPrimitive(schema, cursor);
  }
}

/** An array of entries is a map, and an object in JSON. */
function readItems(items: AvroSchema, cursor: AvroCursor): ExactJson {
  const elements: ExactJson[] = [];
  cursor.blocks(() => elements.push(readAvroAsJson(items, cursor)));
  if (items.kind !== 'record' || !items.isMapEntry) return elements;
  const entries = elements as readonly ReadonlyMap<string, ExactJson>[];
  return new Map(entries.map((entry) => [String(keyText(entry.get('key') ?? null)), entry.get('value') ?? null]));
}

const keyText = (key: ExactJson): string => (key instanceof JsonNumber ? key.text : String(key));

function readPrimitive(schema: AvroPrimitive, cursor: AvroCursor): ExactJson {
  switch (schema.kind) {
    case 'null':
      return null;
    case 'boolean':
      return cursor.boolean();
    case 'int':
      return new JsonNumber(String(cursor.int()));
    case 'long':
      return new JsonNumber(String(cursor.long()));
    case 'float':
      return doubleAsJson(cursor.float());
    case 'double':
      return doubleAsJson(cursor.double());
    case 'string':
      return decoder.decode(cursor.take(cursor.int()));
    case 'bytes':
      return bytesAsJson(schema, cursor.take(cursor.int()));
  }
}

const doubleAsJson = (value: number): ExactJson =>
  Number.isFinite(value) ? new JsonNumber(printDouble(value)) : String(value);

function bytesAsJson({ decimal }: BytesSchema, bytes: Uint8Array): ExactJson {
  if (decimal === null) return encodeBase64(bytes);
  return new JsonNumber(new Decimal(bigIntFromBytes(bytes), decimal.scale).toString());
}
