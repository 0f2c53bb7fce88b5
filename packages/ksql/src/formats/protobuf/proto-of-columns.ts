import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlType } from '../../types/sql-type.ts';
import {
  mapEntry,
  type ProtoField,
  type ProtoMessage,
  type ProtoScalar,
  type ProtoType,
  wrapperName,
} from './proto-schema.ts';

/** How a column that may be null is declared: not at all, as `optional`, or by a wrapper message. */
export type NullableAs = 'default' | 'optional' | 'wrapper';

const DEFAULT_NAME = 'ConnectDefault';

/** The message of columns, fields numbered from 1; nested ones are numbered on after the outer one's name. */
export function messageOfColumns(
  columns: readonly SimpleColumn[],
  {
    name = `${DEFAULT_NAME}1`,
    nullable = 'default',
  }: { readonly name?: string | undefined; readonly nullable?: NullableAs },
): ProtoMessage {
  let counter = 1;
  const messageOf = (fields: readonly SimpleColumn[], messageName: string): ProtoMessage => ({
    name: messageName,
    fields: fields.map((field, index) => fieldOf(field, index + 1)),
  });
  const entryOf = ({ key, value }: SqlType & { readonly kind: 'MAP' }): ProtoMessage => {
    counter++;
    const entryName = `${DEFAULT_NAME}${counter}`;
    return mapEntry(entryName, fieldOf({ name: '', type: key }, 1), fieldOf({ name: '', type: value }, 2));
  };
  const typeOf = (type: SqlType): ProtoType => {
    const simple = simpleType(type);
    if (simple !== undefined) return simple;
    if (type.kind === 'MAP') return { kind: 'map', entry: entryOf(type) };
    if (type.kind === 'STRUCT') {
      counter++;
      return { kind: 'message', message: messageOf(type.fields, `${DEFAULT_NAME}${counter}`) };
    }
    throw new MillraceError('FORMAT_UNSUPPORTED', "The 'PROTOBUF' format has no arrays of arrays");
  };
  const fieldOf = ({ name: fieldName, type }: SimpleColumn, number: number): ProtoField => {
    const common = { name: fieldName, number, oneof: null };
    if (type.kind === 'ARRAY') return { ...common, type: typeOf(type.element), label: 'repeated' };
    const plain = typeOf(type);
    if (plain.kind !== 'scalar') return { ...common, type: plain, label: 'plain' };
    if (nullable === 'wrapper') return { ...common, type: { kind: 'wrapper', scalar: plain.scalar }, label: 'plain' };
    return { ...common, type: plain, label: nullable === 'optional' ? 'optional' : 'plain' };
  };
  return messageOf(columns, name);
}

const SCALARS: Readonly<Record<string, ProtoScalar>> = {
  BOOLEAN: 'bool',
  INTEGER: 'int32',
  BIGINT: 'int64',
  DOUBLE: 'double',
  STRING: 'string',
  BYTES: 'bytes',
};

function simpleType(type: SqlType): ProtoType | undefined {
  const scalar = SCALARS[type.kind];
  if (scalar !== undefined) return { kind: 'scalar', scalar };
  switch (type.kind) {
    case 'TIMESTAMP':
      return { kind: 'known', name: 'google.protobuf.Timestamp', precision: 0, scale: 0 };
    case 'DATE':
      return { kind: 'known', name: 'google.type.Date', precision: 0, scale: 0 };
    case 'TIME':
      return { kind: 'known', name: 'google.type.TimeOfDay', precision: 0, scale: 0 };
    case 'DECIMAL':
      return { kind: 'known', name: 'confluent.type.Decimal', precision: type.precision, scale: type.scale };
    default:
      return undefined;
  }
}

const IMPORTS: Readonly<Record<string, string>> = {
  'confluent.type.Decimal': 'confluent/type/decimal.proto',
  'google.protobuf.Timestamp': 'google/protobuf/timestamp.proto',
  'google.type.Date': 'google/type/date.proto',
  'google.type.TimeOfDay': 'google/type/timeofday.proto',
};

/** The message as a .proto text. */
export function printProto(message: ProtoMessage, packageName: string | null = null): string {
  const imports = new Set<string>();
  const body = printMessage(message, '', imports);
  const head = packageName === null ? '' : `package ${packageName};\n\n`;
  const imported = [...imports].sort().map((file) => `import "${file}";\n`);
  return `syntax = "proto3";\n${head === '' ? '' : head}\n${imported.join('')}${imported.length > 0 ? '\n' : ''}${body}`;
}

function printMessage(message: ProtoMessage, indent: string, imports: Set<string>): string {
  const nested: ProtoMessage[] = [];
  const lines = message.fields.map((field) => {
    const label = field.type.kind === 'map' ? 'repeated ' : field.label === 'plain' ? '' : `${field.label} `;
    const type = printType(field.type, nested, imports);
    return `${indent}  ${label}${type} ${field.name} = ${field.number}${fieldOptions(field.type, imports)};\n`;
  });
  const inner = nested.map((each) => printMessage(each, `${indent}  `, imports));
  const gap = inner.length > 0 ? '\n' : '';
  return `${indent}message ${message.name} {\n${lines.join('')}${gap}${inner.join('\n')}${indent}}\n`;
}

function printType(type: ProtoType, nested: ProtoMessage[], imports: Set<string>): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'wrapper':
      imports.add('google/protobuf/wrappers.proto');
      return wrapperName(type.scalar);
    case 'known':
      imports.add(IMPORTS[type.name]!);
      return type.name;
    case 'enum':
      return type.name;
    case 'message':
      nested.push(type.message);
      return type.message.name;
    case 'map':
      nested.push(type.entry);
      return type.entry.name;
  }
}

/** Decimals say their precision and scale. */
function fieldOptions(type: ProtoType, imports: Set<string>): string {
  if (type.kind !== 'known' || type.name !== 'confluent.type.Decimal') return '';
  imports.add('confluent/meta.proto');
  const entry = (key: string, value: number): string => `{ key: "${key}", value: "${value}" }`;
  const params = [entry('precision', type.precision), entry('scale', type.scale)];
  return ` [(confluent.field_meta) = { params: [${params.join(', ')}] }]`;
}
