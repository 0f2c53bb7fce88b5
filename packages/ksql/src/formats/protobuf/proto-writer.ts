import { type SqlType, SqlTypes, type StructField } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { flatConversion } from '../flat-conversion.ts';
import { KNOWN_CODECS } from './proto-known.ts';
import { entryColumns, incompatible, placeOf } from './proto-names.ts';
import { SCALAR_CODECS } from './proto-scalars.ts';
import type { ProtoField, ProtoMessage, ProtoScalar, ProtoType } from './proto-schema.ts';
import { scalarType } from './proto-types.ts';
import { ProtoOutput, SIZED, VARINT } from './proto-wire.ts';

/** Writes the values of columns as the fields of a message. */
export type MessageWriter = (values: readonly SqlValue[], output: ProtoOutput) => void;

/** Writes one value, without its tag. */
type ValueWriter = {
  readonly wireType: number;
  /** Whether this is what a reader takes for an absent field, so that plain fields leave it out. */
  isZero(value: SqlValue): boolean;
  write(value: SqlValue, output: ProtoOutput): void;
};

/** @throws MillraceError `INCOMPATIBLE_SCHEMA` when columns do not fit the fields of their names */
export function messageWriterOf(message: ProtoMessage, columns: readonly StructField[]): MessageWriter {
  const writers = message.fields.flatMap((field) => {
    const place = placeOf(field, columns);
    if (place === null) return [];
    const { position, member, type } = place;
    const write = fieldWriter(field, type);
    return [
      (values: readonly SqlValue[], output: ProtoOutput) => {
        let value = values[position]!;
        if (member !== null && value !== null) value = (value as readonly SqlValue[])[member]!;
        if (value !== null) write(value, output);
      },
    ];
  });
  return (values, output) => {
    for (const write of writers) write(values, output);
  };
}

function fieldWriter(field: ProtoField, type: SqlType): (value: SqlValue, output: ProtoOutput) => void {
  const { number } = field;
  if (field.type.kind === 'map') return mapWriter(number, field.type, type);
  if (field.label === 'repeated') return repeatedWriter(number, field.type, type);
  const { wireType, isZero, write } = valueWriter(field.type, type);
  const leavesZerosOut = field.label === 'plain' && field.oneof === null;
  return (value, output) => {
    if (leavesZerosOut && isZero(value)) return;
    output.tag(number, wireType);
    write(value, output);
  };
}

function repeatedWriter(number: number, element: ProtoType, type: SqlType) {
  if (type.kind !== 'ARRAY') return incompatible({ kind: 'repeated' }, type);
  const { wireType, write } = valueWriter(element, type.element);
  return (value: SqlValue, output: ProtoOutput): void => {
    const elements = value as readonly SqlValue[];
    if (elements.includes(null)) throw new TypeError('Array elements can not be null');
    if (elements.length === 0) return;
    if (wireType === SIZED) {
      for (const each of elements) {
        output.tag(number, SIZED);
        write(each, output);
      }
      return;
    }
    const packed = new ProtoOutput();
    for (const each of elements) write(each, packed);
    output.tag(number, SIZED);
    output.sized(packed.finish());
  };
}

function mapWriter(number: number, map: ProtoType & { readonly kind: 'map' }, type: SqlType) {
  if (type.kind !== 'MAP') return incompatible(map, type);
  const write = messageWriterOf(map.entry, entryColumns(type));
  return (value: SqlValue, output: ProtoOutput): void => {
    for (const entry of value as ReadonlyMap<SqlValue, SqlValue>) {
      output.tag(number, SIZED);
      writeSized(output, (inner) => write(entry, inner));
    }
  };
}

function writeSized(output: ProtoOutput, write: (inner: ProtoOutput) => void): void {
  const inner = new ProtoOutput();
  write(inner);
  output.sized(inner.finish());
}

const never = (): boolean => false;

function valueWriter(field: ProtoType, type: SqlType): ValueWriter {
  switch (field.kind) {
    case 'scalar':
      return scalarWriter(field.scalar, type);
    case 'wrapper': {
      const { wireType, isZero, write } = scalarWriter(field.scalar, type);
      return {
        wireType: SIZED,
        isZero: never,
        write: (value, output) =>
          writeSized(output, (inner) => {
            if (isZero(value)) return;
            inner.tag(1, wireType);
            write(value, inner);
          }),
      };
    }
    case 'known':
      return knownWriter(field);
    case 'enum':
      return enumWriter(field, type);
    case 'message': {
      if (type.kind !== 'STRUCT') return incompatible(field, type);
      const write = messageWriterOf(field.message, type.fields);
      return {
        wireType: SIZED,
        isZero: never,
        write: (value, output) => writeSized(output, (inner) => write(value as readonly SqlValue[], inner)),
      };
    }
    case 'map':
      return incompatible(field, type);
  }
}

function scalarWriter(scalar: ProtoScalar, type: SqlType): ValueWriter {
  const { wireType, zero, write } = SCALAR_CODECS[scalar];
  const convert = flatConversion(type, scalarType(scalar)) ?? incompatible({ kind: scalar }, type);
  return {
    wireType,
    isZero: zero instanceof Uint8Array ? (value) => (value as Uint8Array).length === 0 : isSame(convert, zero),
    write: (value, output) => write(convert(value), output),
  };
}

const isSame =
  (convert: (value: SqlValue) => SqlValue, zero: SqlValue) =>
  (value: SqlValue): boolean =>
    Object.is(convert(value), zero);

function enumWriter(field: ProtoType & { readonly kind: 'enum' }, type: SqlType): ValueWriter {
  if (type.kind !== 'STRING') return incompatible(field, type);
  const numbers = new Map([...field.values].map(([number, name]) => [name, number]));
  const numberOf = (value: SqlValue): number => {
    const number = numbers.get(value as string);
    if (number === undefined) throw new TypeError(`'${value}' is no value of ${field.name}`);
    return number;
  };
  return {
    wireType: VARINT,
    isZero: (value) => numberOf(value) === 0,
    write: (value, output) => output.varint(BigInt(numberOf(value))),
  };
}

function knownWriter(field: ProtoType & { readonly kind: 'known' }): ValueWriter {
  const { message, toFields } = KNOWN_CODECS[field.name];
  const columns = message.fields.map(({ name, type }) => ({
    name,
    type: type.kind === 'scalar' ? scalarType(type.scalar) : SqlTypes.BYTES,
  }));
  const write = messageWriterOf(message, columns);
  return {
    wireType: SIZED,
    isZero: never,
    write: (value, output) => writeSized(output, (inner) => write(toFields(value), inner)),
  };
}
