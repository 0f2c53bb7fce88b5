import { MillraceError } from '@millrace/base';
import { castFunction } from '../../types/casts.ts';
import { type Decimal, rescale } from '../../types/decimal.ts';
import { printType, type SqlType, type StructField } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { bytesFromBigInt } from '../decimal-bytes.ts';
import type { ExactJson } from '../json/exact-json.ts';
import { writeJsonAsAvro } from './avro-json.ts';
import type { AvroOutput } from './avro-output.ts';
import type { AvroField, AvroPrimitive, AvroSchema } from './avro-schema.ts';
import { branchName, primitiveType } from './avro-types.ts';

/** Writes a value of one SQL type by one schema. */
export type AvroWriter = (value: SqlValue, output: AvroOutput) => void;

const encoder = new TextEncoder();

function incompatible(schema: AvroSchema, type: SqlType): never {
  throw new MillraceError('INCOMPATIBLE_SCHEMA', `Cannot serialize type ${printType(type)} as type ${schema.kind}`);
}

/** Compiles the writer. @throws MillraceError `INCOMPATIBLE_SCHEMA` when values of the type are none of the schema */
export function avroWriterOf(schema: AvroSchema, type: SqlType): AvroWriter {
  const write = writerOf(schema, type);
  if (schema.kind === 'union') return write;
  return (value, output) => {
    if (value === null)
      throw new MillraceError('NULL_VALUE', `null for a value of type ${schema.kind}, which has none`);
    write(value, output);
  };
}

function writerOf(schema: AvroSchema, type: SqlType): AvroWriter {
  switch (schema.kind) {
    case 'union':
      return unionWriter(schema.branches, type);
    case 'record':
      return type.kind === 'STRUCT' ? recordWriter(schema.fields, type.fields) : incompatible(schema, type);
    case 'array':
      return arrayWriter(schema.items, type);
    case 'map': {
      if (type.kind !== 'MAP') return incompatible(schema, type);
      const write = avroWriterOf(schema.values, type.value);
      return (value, output) =>
        writeBlocks(output, [...(value as ReadonlyMap<SqlValue, SqlValue>)], ([key, each]) => {
          output.sized(encoder.encode(String(key)));
          write(each, output);
        });
    }
    case 'enum':
      return (value, output) => {
        const index = schema.symbols.indexOf(String(value));
        if (index < 0)
          throw new MillraceError('INVALID_ENUM', `'${String(value)}' is none of ${schema.symbols.join(', ')}`);
        output.int(index);
      };
    case 'fixed':
      return (value, output) => output.raw(value as Uint8Array);
    default:
      return primitiveWriter(schema, type);
  }
}

function writeBlocks<Item>(output: AvroOutput, items: readonly Item[], write: (item: Item) => void): void {
  if (items.length > 0) {
    output.int(items.length);
    for (const item of items) write(item);
  }
  output.int(0);
}

function primitiveWriter(schema: AvroPrimitive, type: SqlType): AvroWriter {
  if (schema.decimal !== null) {
    if (type.kind !== 'DECIMAL') return incompatible(schema, type);
    const { scale } = schema.decimal;
    return (value, output) => output.sized(bytesFromBigInt(rescale(value as Decimal, scale).unscaled));
  }
  const target = primitiveType(schema);
  const cast = target.kind === type.kind ? undefined : castFunction(type, target);
  const write = rawWriter(schema, target);
  return cast === undefined ? write : (value, output) => write(value === null ? null : cast(value), output);
}

function rawWriter(schema: AvroPrimitive, target: SqlType): AvroWriter {
  switch (schema.kind) {
    case 'null':
      return () => {};
    case 'boolean':
      return (value, output) => output.boolean(value as boolean);
    case 'int':
      return (value, output) => output.int(value as number);
    case 'long':
      if (target.kind === 'BIGINT') return (value, output) => output.long(value as bigint);
      return (value, output) => output.int(value as number);
    case 'float':
      return (value, output) => output.float(value as number);
    case 'double':
      return (value, output) => output.double(value as number);
    case 'string':
      return (value, output) => output.sized(encoder.encode(value as string));
    case 'bytes':
      return (value, output) => output.sized(value as Uint8Array);
  }
}

function unionWriter(branches: readonly AvroSchema[], type: SqlType): AvroWriter {
  const nullBranch = branches.findIndex((branch) => branch.kind === 'null');
  const others = branches.filter((branch) => branch.kind !== 'null');
  if (others.length !== 1) return severalWriter(branches, type);
  const position = branches.indexOf(others[0]!);
  const write = avroWriterOf(others[0]!, type);
  return (value, output) => {
    if (value === null && nullBranch >= 0) {
      output.int(nullBranch);
      return;
    }
    output.int(position);
    write(value, output);
  };
}

/** A struct whose one field that is set names the branch. */
function severalWriter(branches: readonly AvroSchema[], type: SqlType): AvroWriter {
  if (type.kind !== 'STRUCT') return incompatible({ kind: 'union', branches }, type);
  const choices = type.fields.map((field) => {
    const branch = branches.findIndex((each) => branchName(each).toUpperCase() === field.name.toUpperCase());
    if (branch < 0) return incompatible({ kind: 'union', branches }, type);
    return { branch, write: avroWriterOf(branches[branch]!, field.type) };
  });
  const nullBranch = branches.findIndex((branch) => branch.kind === 'null');
  return (value, output) => {
    const values = value === null ? [] : (value as readonly SqlValue[]);
    const set = values.findIndex((each) => each !== null);
    const choice = choices[set];
    output.int(choice?.branch ?? nullBranch);
    choice?.write(values[set]!, output);
  };
}

/** Fields by name, exactly first, else without case; a field that no column fills takes the schema's default. */
function recordWriter(fields: readonly AvroField[], columns: readonly StructField[]): AvroWriter {
  const steps = fields.map((field): AvroWriter => {
    const exact = columns.findIndex((column) => column.name === field.name);
    const position = exact >= 0 ? exact : columns.findIndex((column) => column.name === field.name.toUpperCase());
    if (position < 0) return defaultWriter(field);
    const write = avroWriterOf(field.schema, columns[position]!.type);
    return (values, output) => {
      const value = (values as readonly SqlValue[])[position]!;
      if (value === null && field.schema.kind !== 'union' && field.defaultValue !== undefined) {
        writeJsonAsAvro(field.schema, field.defaultValue, output);
      } else write(value, output);
    };
  });
  return (value, output) => {
    for (const step of steps) step(value, output);
  };
}

function defaultWriter(field: AvroField): AvroWriter {
  const value: ExactJson | undefined = field.defaultValue;
  if (value === undefined) {
    throw new MillraceError('INCOMPATIBLE_SCHEMA', `Field '${field.name}' has no column and no default`);
  }
  // The default of a union is a value of its first branch.
  const first = field.schema.kind === 'union' ? field.schema.branches[0]! : field.schema;
  return (_, output) => {
    if (field.schema.kind === 'union') output.int(0);
    writeJsonAsAvro(first, value, output);
  };
}

function arrayWriter(items: AvroSchema, type: SqlType): AvroWriter {
  if (type.kind === 'MAP' && items.kind === 'record') {
    const write = recordWriter(items.fields, [
      { name: 'key', type: type.key },
      { name: 'value', type: type.value },
    ]);
    return (value, output) =>
      writeBlocks(output, [...(value as ReadonlyMap<SqlValue, SqlValue>)], (entry) => write(entry, output));
  }
  if (type.kind !== 'ARRAY') return incompatible({ kind: 'array', items }, type);
  const write = avroWriterOf(items, type.element);
  return (value, output) => writeBlocks(output, value as readonly SqlValue[], (each) => write(each, output));
}
