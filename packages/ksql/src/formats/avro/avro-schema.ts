import { MillraceError } from '@millrace/base';
import { type ExactJson, JsonNumber, parseExactJson } from '../json/exact-json.ts';

/** An Avro schema with its names resolved. Records may contain themselves, so that fields are filled in after. */
export type AvroSchema =
  | AvroPrimitive
  | {
      readonly kind: 'record';
      readonly name: string;
      readonly fields: readonly AvroField[];
      readonly isMapEntry: boolean;
    }
  | { readonly kind: 'enum'; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: 'fixed'; readonly name: string; readonly size: number; readonly decimal: AvroDecimal | null }
  | { readonly kind: 'array'; readonly items: AvroSchema }
  | { readonly kind: 'map'; readonly values: AvroSchema }
  | { readonly kind: 'union'; readonly branches: readonly AvroSchema[] };

export type AvroPrimitiveKind = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';
export type AvroDecimal = { readonly precision: number; readonly scale: number };
export type AvroPrimitive = {
  readonly kind: AvroPrimitiveKind;
  /** `date`, `time-millis`, `timestamp-millis` and others. */
  readonly logicalType: string | null;
  readonly decimal: AvroDecimal | null;
};
export type AvroField = {
  readonly name: string;
  readonly schema: AvroSchema;
  /** Absent: the field must be given. */
  readonly defaultValue: ExactJson | undefined;
};

const PRIMITIVES: ReadonlySet<string> = new Set([
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
]);

const invalid = (reason: string): MillraceError =>
  new MillraceError('INVALID_SCHEMA', `Invalid Avro schema: ${reason}`);

/**
 * @param references texts of the schemas that this one refers to by name
 * @throws MillraceError `INVALID_SCHEMA`
 */
export function parseAvroSchema(text: string, references: readonly string[] = []): AvroSchema {
  const names = new Map<string, AvroSchema>();
  for (const reference of references) read(parseText(reference), '', names);
  return read(parseText(text), '', names);
}

/** A name by itself may stand without quotes, as registries give out primitive schemas. */
function parseText(text: string): ExactJson {
  try {
    return parseExactJson(text);
  } catch (cause) {
    if (/^[\w.]+$/.test(text.trim())) return text.trim();
    throw new MillraceError('INVALID_SCHEMA', 'Invalid Avro schema: it is not JSON', { cause });
  }
}

type Names = Map<string, AvroSchema>;
type Attributes = ReadonlyMap<string, ExactJson>;

function read(json: ExactJson, namespace: string, names: Names): AvroSchema {
  if (typeof json === 'string') return named(json, namespace, names);
  if (Array.isArray(json)) return { kind: 'union', branches: json.map((branch) => read(branch, namespace, names)) };
  if (!(json instanceof Map)) throw invalid('a schema is a name, an array or an object');
  const attributes: Attributes = json;
  const type = attributes.get('type');
  switch (type) {
    case 'record':
    case 'error':
      return readRecord(attributes, namespace, names);
    case 'enum': {
      const name = fullName(attributes, namespace);
      return define(names, name, { kind: 'enum', name, symbols: attributes.get('symbols') as readonly string[] });
    }
    case 'fixed': {
      const name = fullName(attributes, namespace);
      const size = numberOf(attributes.get('size'));
      return define(names, name, { kind: 'fixed', name, size, decimal: decimalOf(attributes) });
    }
    case 'array':
      return { kind: 'array', items: read(attributes.get('items') ?? null, namespace, names) };
    case 'map':
      return { kind: 'map', values: read(attributes.get('values') ?? null, namespace, names) };
    default:
      if (typeof type === 'string' && PRIMITIVES.has(type)) return primitive(type, attributes);
      return read(type ?? null, namespace, names);
  }
}

function named(name: string, namespace: string, names: Names): AvroSchema {
  if (PRIMITIVES.has(name)) return { kind: name as AvroPrimitiveKind, logicalType: null, decimal: null };
  const found = names.get(name) ?? names.get(`${namespace}.${name}`);
  if (found === undefined) throw invalid(`unknown name ${name}`);
  return found;
}

function primitive(kind: string, attributes: Attributes): AvroPrimitive {
  const logicalType = attributes.get('logicalType');
  return {
    kind: kind as AvroPrimitiveKind,
    logicalType: typeof logicalType === 'string' ? logicalType : null,
    decimal: decimalOf(attributes),
  };
}

function decimalOf(attributes: Attributes): AvroDecimal | null {
  if (attributes.get('logicalType') !== 'decimal') return null;
  const scale = attributes.get('scale');
  return { precision: numberOf(attributes.get('precision')), scale: scale === undefined ? 0 : numberOf(scale) };
}

function numberOf(json: ExactJson | undefined): number {
  if (json instanceof JsonNumber) return Number(json.text);
  throw invalid('a number is missing');
}

function fullName(attributes: Attributes, namespace: string): string {
  const name = attributes.get('name');
  if (typeof name !== 'string') throw invalid('a record, enum or fixed type has no name');
  if (name.includes('.')) return name;
  const own = attributes.get('namespace');
  const space = typeof own === 'string' ? own : namespace;
  return space === '' ? name : `${space}.${name}`;
}

function define(names: Names, name: string, schema: AvroSchema): AvroSchema {
  names.set(name, schema);
  return schema;
}

const MAP_ENTRY = 'connect.internal.type';

function readRecord(attributes: Attributes, namespace: string, names: Names): AvroSchema {
  const name = fullName(attributes, namespace);
  const own = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
  const fields: AvroField[] = [];
  const isMapEntry = attributes.get(MAP_ENTRY) === 'MapEntry' || name.endsWith('.MapEntry');
  const record = define(names, name, { kind: 'record', name, fields, isMapEntry });
  const declared = attributes.get('fields');
  if (!Array.isArray(declared)) throw invalid(`record ${name} has no fields`);
  for (const each of declared as readonly Attributes[]) {
    const field = each.get('name');
    if (typeof field !== 'string') throw invalid(`a field of ${name} has no name`);
    const schema = read(each.get('type') ?? null, own, names);
    fields.push({ name: field, schema, defaultValue: each.has('default') ? (each.get('default') ?? null) : undefined });
  }
  return record;
}
