import { MillraceError } from '@millrace/base';
import { castFunction } from '../../types/casts.ts';
import { Decimal } from '../../types/decimal.ts';
import { inHashOrder } from '../../types/map-order.ts';
import { printType, type SqlType, SqlTypes, type StructField } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { bigIntFromBytes } from '../decimal-bytes.ts';
import { flatConversion } from '../flat-conversion.ts';
import { fitExactly } from '../json/json-reader.ts';
import type { AvroCursor } from './avro-cursor.ts';
import type { AvroField, AvroPrimitive, AvroSchema } from './avro-schema.ts';
import { branchName, primitiveType } from './avro-types.ts';

/** Reads a value of one schema as a value of one SQL type. */
export type AvroReader = (cursor: AvroCursor) => SqlValue;

const decoder = new TextDecoder();

/**
 * Compiles the reader of values that were written with a schema, for a SQL type: numbers widen, anything flat becomes
 * text, records and maps are matched by name.
 * @throws MillraceError `INCOMPATIBLE_SCHEMA` when values of the schema are no values of the type
 */
export function avroReaderOf(schema: AvroSchema, type: SqlType): AvroReader {
  switch (schema.kind) {
    case 'union':
      return unionReader(schema.branches, type);
    case 'record':
      return type.kind === 'STRUCT' ? recordReader(schema.fields, type.fields) : incompatible(schema, type);
    case 'array':
      return arrayReader(schema.items, type);
    case 'map':
      return mapReader(schema.values, type);
    case 'enum': {
      const convert = flatConversion(SqlTypes.STRING, type) ?? incompatible(schema, type);
      return (cursor) => convert(schema.symbols[cursor.int()] ?? null);
    }
    case 'fixed': {
      const { size, decimal } = schema;
      if (decimal !== null) return decimalReader((cursor) => cursor.take(size), decimal.scale, type);
      return type.kind === 'BYTES' ? (cursor) => cursor.take(size).slice() : incompatible(schema, type);
    }
    default:
      return primitiveReader(schema, type);
  }
}

function incompatible(schema: AvroSchema, type: SqlType): never {
  throw new MillraceError('INCOMPATIBLE_SCHEMA', `Cannot deserialize type ${schema.kind} as type ${printType(type)}`);
}

function primitiveReader(schema: AvroPrimitive, type: SqlType): AvroReader {
  if (schema.kind === 'null') return () => null;
  if (schema.decimal !== null) return decimalReader((cursor) => cursor.take(cursor.int()), schema.decimal.scale, type);
  const convert = flatConversion(primitiveType(schema), type) ?? incompatible(schema, type);
  const read = rawReader(schema);
  return (cursor) => convert(read(cursor));
}

function rawReader(schema: AvroPrimitive): AvroReader {
  switch (schema.kind) {
    case 'boolean':
      return (cursor) => cursor.boolean();
    case 'int':
      return (cursor) => cursor.int();
    case 'long':
      return primitiveType(schema).kind === 'BIGINT' ? (cursor) => cursor.long() : (cursor) => cursor.int();
    case 'float':
      return (cursor) => cursor.float();
    case 'double':
      return (cursor) => cursor.double();
    case 'string':
      return (cursor) => decoder.decode(cursor.take(cursor.int()));
    case 'bytes':
      return (cursor) => cursor.take(cursor.int()).slice();
    case 'null':
      return () => null;
  }
}

function decimalReader(take: (cursor: AvroCursor) => Uint8Array, scale: number, type: SqlType): AvroReader {
  if (type.kind === 'STRING') return (cursor) => new Decimal(bigIntFromBytes(take(cursor)), scale).toString();
  if (type.kind !== 'DECIMAL') {
    throw new MillraceError('INCOMPATIBLE_SCHEMA', `Cannot deserialize type decimal as type ${printType(type)}`);
  }
  return (cursor) => fitExactly(new Decimal(bigIntFromBytes(take(cursor)), scale), type);
}

/**
 * A union with null is its other branch, and null; a union of several is a struct with a field for each branch, of which
 * one is set. A branch that does not fit is an error only where it is met.
 */
function unionReader(branches: readonly AvroSchema[], type: SqlType): AvroReader {
  const others = branches.filter((branch) => branch.kind !== 'null');
  const readers = branches.map((branch): AvroReader => {
    if (branch.kind === 'null') return () => null;
    if (others.length === 1) return avroReaderOf(branch, type);
    return branchReader(branch, type);
  });
  return (cursor) => {
    const reader = readers[cursor.int()];
    if (reader === undefined) throw new RangeError('a union has no such branch');
    return reader(cursor);
  };
}

function branchReader(branch: AvroSchema, type: SqlType): AvroReader {
  if (type.kind !== 'STRUCT') return avroReaderOf(branch, type);
  const name = branchName(branch).toUpperCase();
  const position = type.fields.findIndex((field) => field.name.toUpperCase() === name);
  if (position < 0) return skipperOf(branch);
  const read = avroReaderOf(branch, type.fields[position]!.type);
  const empty: readonly SqlValue[] = type.fields.map(() => null);
  return (cursor) => empty.with(position, read(cursor));
}

/** Fields by name, exactly first, else without case; what is not asked for is passed over. */
function recordReader(fields: readonly AvroField[], wanted: readonly StructField[]): AvroReader {
  const positionOf = (name: string): number => {
    const exact = wanted.findIndex((field) => field.name === name);
    if (exact >= 0) return exact;
    const folded = wanted.findIndex((field) => field.name === name.toUpperCase());
    return folded >= 0 && !fields.some((other) => other.name === wanted[folded]!.name) ? folded : -1;
  };
  const steps = fields.map(({ name, schema }) => {
    const position = positionOf(name);
    return { position, read: position < 0 ? skipperOf(schema) : avroReaderOf(schema, wanted[position]!.type) };
  });
  const empty: readonly SqlValue[] = wanted.map(() => null);
  return (cursor) => {
    const values = empty.slice();
    for (const { position, read } of steps) {
      const value = read(cursor);
      if (position >= 0) values[position] = value;
    }
    return values;
  };
}

/** Maps whose keys may be anything are written as arrays of entries. */
function arrayReader(items: AvroSchema, type: SqlType): AvroReader {
  if (type.kind === 'MAP' && items.kind === 'record') {
    const entry = recordReader(items.fields, [
      { name: 'key', type: type.key },
      { name: 'value', type: type.value },
    ]);
    return (cursor) => {
      const map = new Map<SqlValue, SqlValue>();
      cursor.blocks(() => {
        const [key, value] = entry(cursor) as readonly SqlValue[];
        map.set(key!, value!);
      });
      return inHashOrder(map);
    };
  }
  if (type.kind !== 'ARRAY') return incompatible({ kind: 'array', items }, type);
  const read = avroReaderOf(items, type.element);
  return (cursor) => {
    const elements: SqlValue[] = [];
    cursor.blocks(() => elements.push(read(cursor)));
    return elements;
  };
}

function mapReader(values: AvroSchema, type: SqlType): AvroReader {
  if (type.kind !== 'MAP') return incompatible({ kind: 'map', values }, type);
  const castKey = castFunction(SqlTypes.STRING, type.key);
  const read = avroReaderOf(values, type.value);
  return (cursor) => {
    const map = new Map<SqlValue, SqlValue>();
    cursor.blocks(() => map.set(castKey(decoder.decode(cursor.take(cursor.int()))), read(cursor)));
    return inHashOrder(map);
  };
}

/** Passes over a value. Recursive schemas are skipped as deep as the value goes. */
function skipperOf(schema: AvroSchema): AvroReader {
  return (cursor) => {
    skip(schema, cursor);
    return null;
  };
}

function skip(schema: AvroSchema, cursor: AvroCursor): void {
  switch (schema.kind) {
    case 'record':
      for (const field of schema.fields) skip(field.schema, cursor);
      break;
    case 'enum':
      cursor.int();
      break;
    case 'fixed':
      cursor.take(schema.size);
      break;
    case 'array':
      cursor.blocks(() => skip(schema.items, cursor));
      break;
    case 'map':
      cursor.blocks(() => {
        cursor.take(cursor.int());
        skip(schema.values, cursor);
      });
      break;
    case 'union':
      skip(schema.branches[cursor.int()]!, cursor);
      break;
    case 'long':
      cursor.long();
      break;
    default:
      rawReader(schema)(cursor);
  }
}
