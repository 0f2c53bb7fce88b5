import { MillraceError } from '@millrace/base';
import { arrayType, decimalType, mapType, type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { ProtoField, ProtoMessage, ProtoScalar, ProtoType } from './proto-schema.ts';

const NESTING_MAX = 50;

/** The type of the values of a scalar. */
export function scalarType(scalar: ProtoScalar): SqlType {
  switch (scalar) {
    case 'int32':
    case 'sint32':
    case 'sfixed32':
      return SqlTypes.INTEGER;
    case 'uint32':
    case 'fixed32':
    case 'int64':
    case 'uint64':
    case 'sint64':
    case 'fixed64':
    case 'sfixed64':
      return SqlTypes.BIGINT;
    case 'float':
    case 'double':
      return SqlTypes.DOUBLE;
    case 'bool':
      return SqlTypes.BOOLEAN;
    case 'string':
      return SqlTypes.STRING;
    case 'bytes':
      return SqlTypes.BYTES;
  }
}

/** The struct of a message; the fields of a oneof are a struct of their own. @throws MillraceError `UNSUPPORTED_SCHEMA` */
export function structOfMessage(message: ProtoMessage, names: 'upper' | 'exact', depth = 0): SqlType {
  if (depth > NESTING_MAX) throw new MillraceError('UNSUPPORTED_SCHEMA', 'The schema contains itself');
  const fold = (name: string): string => (names === 'upper' ? name.toUpperCase() : name);
  const typeOf = (type: ProtoType): SqlType => {
    switch (type.kind) {
      case 'scalar':
      case 'wrapper':
        return scalarType(type.scalar);
      case 'enum':
        return SqlTypes.STRING;
      case 'message':
        return structOfMessage(type.message, names, depth + 1);
      case 'map':
        return mapOf(type.entry);
      case 'known':
        return knownType(type);
    }
  };
  const fieldType = ({ type, label }: ProtoField): SqlType =>
    label === 'repeated' ? arrayType(typeOf(type)) : typeOf(type);
  // Whatever the keys are in the topic, columns that come from a schema have texts.
  const mapOf = ({ fields: [, value] }: ProtoMessage): SqlType => mapType(SqlTypes.STRING, fieldType(value!));
  const fields = new Map<string, SqlType>();
  for (const field of message.fields) {
    if (field.oneof === null) fields.set(fold(field.name), fieldType(field));
    else fields.set(fold(`${field.oneof}_0`), oneofType(message, field.oneof, { fold, fieldType }));
  }
  return structType([...fields].map(([name, type]) => ({ name, type })));
}

type Naming = { readonly fold: (name: string) => string; readonly fieldType: (field: ProtoField) => SqlType };

function oneofType(message: ProtoMessage, oneof: string, { fold, fieldType }: Naming): SqlType {
  const members = message.fields.filter((field) => field.oneof === oneof);
  return structType(members.map((field) => ({ name: fold(field.name), type: fieldType(field) })));
}

function knownType(type: ProtoType & { readonly kind: 'known' }): SqlType {
  switch (type.name) {
    case 'confluent.type.Decimal':
      return decimalType(type.precision, type.scale);
    case 'google.protobuf.Timestamp':
      return SqlTypes.TIMESTAMP;
    case 'google.type.Date':
      return SqlTypes.DATE;
    case 'google.type.TimeOfDay':
      return SqlTypes.TIME;
  }
}
