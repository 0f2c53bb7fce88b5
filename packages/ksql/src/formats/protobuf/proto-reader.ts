import { Decimal } from '../../types/decimal.ts';
import { inHashOrder } from '../../types/map-order.ts';
import { type SqlType, SqlTypes, type StructField } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { flatConversion } from '../flat-conversion.ts';
import { fitExactly } from '../json/json-reader.ts';
import { KNOWN_CODECS } from './proto-known.ts';
import { entryColumns, incompatible, placeOf } from './proto-names.ts';
import { SCALAR_CODECS } from './proto-scalars.ts';
import type { ProtoField, ProtoMessage, ProtoScalar, ProtoType } from './proto-schema.ts';
import { scalarType } from './proto-types.ts';
import { ProtoCursor, SIZED, VARINT } from './proto-wire.ts';

/** Reads the bytes of a message as the values of columns. */
export type MessageReader = (bytes: Uint8Array) => SqlValue[];

/** Reads one occurrence of a field; `zero` is its value where it is absent. */
type ValueReader = { readonly wireType: number; readonly zero: SqlValue; read(cursor: ProtoCursor): SqlValue };

type FieldReader = {
  readonly position: number;
  readonly member: number | null;
  /** Of the struct around a member of a oneof. */
  readonly memberCount: number;
  initial(): SqlValue;
  read(cursor: ProtoCursor, wireType: number, before: SqlValue): SqlValue;
};

/** @throws MillraceError `INCOMPATIBLE_SCHEMA` when fields and columns of one name do not fit */
export function messageReaderOf(message: ProtoMessage, columns: readonly StructField[]): MessageReader {
  const fields = new Map<number, FieldReader>();
  for (const field of message.fields) {
    const place = placeOf(field, columns);
    if (place === null) continue;
    const outer = columns[place.position]!.type;
    const memberCount = outer.kind === 'STRUCT' ? outer.fields.length : 0;
    fields.set(field.number, { ...place, memberCount, ...occurrences(field, place.type) });
  }
  const maps = columns.flatMap(({ type }, position) => (type.kind === 'MAP' ? [position] : []));
  const absent = columns.map((): (() => SqlValue) => () => null);
  for (const field of fields.values()) if (field.member === null) absent[field.position] = field.initial;

  return (bytes) => {
    const cursor = new ProtoCursor(bytes);
    const values = absent.map((initial) => initial());
    while (!cursor.atEnd) {
      const tag = cursor.count();
      const wireType = tag % 8;
      const field = fields.get((tag - wireType) / 8);
      if (field === undefined) cursor.skip(wireType);
      else readInto(values, field, cursor, wireType);
    }
    for (const position of maps) {
      const map = values[position] as Map<SqlValue, SqlValue> | null;
      if (map !== null) values[position] = inHashOrder(map);
    }
    return values;
  };
}

function readInto(values: SqlValue[], field: FieldReader, cursor: ProtoCursor, wireType: number): void {
  const { position, member } = field;
  if (member === null) {
    values[position] = field.read(cursor, wireType, values[position]!);
    return;
  }
  const struct = new Array<SqlValue>(field.memberCount).fill(null);
  struct[member] = field.read(cursor, wireType, null);
  values[position] = struct;
}

function occurrences(field: ProtoField, type: SqlType): Pick<FieldReader, 'initial' | 'read'> {
  if (field.type.kind === 'map') return mapOccurrences(field.type, type);
  if (field.label === 'repeated') return repeatedOccurrences(field, type);
  const { read, zero } = valueReader(field.type, type);
  const absent = field.label === 'plain' && field.oneof === null ? zero : null;
  return { initial: () => absent, read: (cursor) => read(cursor) };
}

/** Numbers may come packed: many behind one length. */
function repeatedOccurrences(field: ProtoField, type: SqlType): Pick<FieldReader, 'initial' | 'read'> {
  if (type.kind !== 'ARRAY') return incompatible({ kind: 'repeated' }, type);
  const element = valueReader(field.type, type.element);
  return {
    initial: () => [],
    read(cursor, wireType, before) {
      const elements = before as SqlValue[];
      if (wireType !== SIZED || element.wireType === SIZED) {
        elements.push(element.read(cursor));
        return elements;
      }
      const packed = new ProtoCursor(cursor.sized());
      while (!packed.atEnd) elements.push(element.read(packed));
      return elements;
    },
  };
}

function mapOccurrences(
  map: ProtoType & { readonly kind: 'map' },
  type: SqlType,
): Pick<FieldReader, 'initial' | 'read'> {
  if (type.kind !== 'MAP') return incompatible(map, type);
  const read = messageReaderOf(map.entry, entryColumns(type));
  return {
    initial: () => new Map(),
    read(cursor, _wireType, before) {
      const [key, value] = read(cursor.sized());
      return (before as Map<SqlValue, SqlValue>).set(key!, value!);
    },
  };
}

function valueReader(field: ProtoType, type: SqlType): ValueReader {
  switch (field.kind) {
    case 'scalar':
      return scalarReader(field.scalar, type);
    case 'wrapper': {
      const inner = scalarReader(field.scalar, type);
      return {
        wireType: SIZED,
        zero: null,
        read(cursor) {
          const wrapped = new ProtoCursor(cursor.sized());
          let value = inner.zero;
          while (!wrapped.atEnd) {
            const tag = wrapped.count();
            if (tag === 8 + inner.wireType) value = inner.read(wrapped);
            else wrapped.skip(tag % 8);
          }
          return value;
        },
      };
    }
    case 'known':
      return knownReader(field, type);
    case 'enum': {
      if (type.kind !== 'STRING') return incompatible(field, type);
      const { values } = field;
      return {
        wireType: VARINT,
        zero: values.get(0) ?? null,
        read: (cursor) => values.get(Number(BigInt.asIntN(32, cursor.varint()))) ?? null,
      };
    }
    case 'message': {
      if (type.kind !== 'STRUCT') return incompatible(field, type);
      const read = messageReaderOf(field.message, type.fields);
      return { wireType: SIZED, zero: null, read: (cursor) => read(cursor.sized()) };
    }
    case 'map':
      return incompatible(field, type);
  }
}

function scalarReader(scalar: ProtoScalar, type: SqlType): ValueReader {
  const { wireType, zero, read } = SCALAR_CODECS[scalar];
  const convert = flatConversion(scalarType(scalar), type) ?? incompatible({ kind: scalar }, type);
  return { wireType, zero: convert(zero), read: (cursor) => convert(read(cursor)) };
}

const KNOWN_KINDS = {
  'confluent.type.Decimal': 'DECIMAL',
  'google.protobuf.Timestamp': 'TIMESTAMP',
  'google.type.Date': 'DATE',
  'google.type.TimeOfDay': 'TIME',
} as const;

function knownReader(field: ProtoType & { readonly kind: 'known' }, type: SqlType): ValueReader {
  if (type.kind !== KNOWN_KINDS[field.name]) return incompatible({ kind: field.name }, type);
  const { message, toValue } = KNOWN_CODECS[field.name];
  const columns = message.fields.map(({ name, type: fieldType }) => ({
    name,
    type: fieldType.kind === 'scalar' ? scalarType(fieldType.scalar) : SqlTypes.BYTES,
  }));
  const read = messageReaderOf(message, columns);
  return {
    wireType: SIZED,
    zero: null,
    read(cursor) {
      const value = toValue(read(cursor.sized()));
      return value instanceof Decimal && type.kind === 'DECIMAL' ? fitExactly(value, type) : value;
    },
  };
}
