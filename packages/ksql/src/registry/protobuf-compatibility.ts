import { parseProto } from '../formats/protobuf/parse-proto.ts';
import type { ProtoMessage, ProtoScalar, ProtoType } from '../formats/protobuf/proto-schema.ts';
import type { ResolvedSchema } from './resolved-schema.ts';

/** Why records of one .proto text can't be read by another: messages that went, and fields of one number whose bytes differ. */
export function protobufProblems(reader: ResolvedSchema, writer: ResolvedSchema): readonly string[] {
  const messages = parseProto(reader.text, reader.resolved);
  return parseProto(writer.text, writer.resolved).flatMap((written) => {
    const read = messages.find(({ name }) => name === written.name);
    return read === undefined ? [`the message ${written.name} is missing`] : messageProblems(read, written, new Set());
  });
}

function messageProblems(reader: ProtoMessage, writer: ProtoMessage, seen: Set<ProtoMessage>): readonly string[] {
  if (seen.has(reader)) return [];
  seen.add(reader);
  return writer.fields.flatMap((field) => {
    const other = reader.fields.find(({ number }) => number === field.number);
    if (other === undefined) return [];
    const where = `${writer.name}.${field.name}`;
    if ((field.label === 'repeated') !== (other.label === 'repeated')) return [`${where}: repeated on one side only`];
    return typeProblems(other.type, field.type, where, seen);
  });
}

function typeProblems(reader: ProtoType, writer: ProtoType, where: string, seen: Set<ProtoMessage>): readonly string[] {
  if (reader.kind === 'message' && writer.kind === 'message') {
    return messageProblems(reader.message, writer.message, seen);
  }
  if (reader.kind === 'map' && writer.kind === 'map') return messageProblems(reader.entry, writer.entry, seen);
  return groupOf(reader) === groupOf(writer) ? [] : [`${where}: its type changed`];
}

/** Scalars whose bytes are read the same way (Protocol Buffers, "Updating A Message Type"). */
const GROUPS: readonly (readonly ProtoScalar[])[] = [
  ['int32', 'uint32', 'int64', 'uint64', 'bool'],
  ['sint32', 'sint64'],
  ['string', 'bytes'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
];

function groupOf(type: ProtoType): string {
  switch (type.kind) {
    case 'enum':
      return '0';
    case 'scalar': {
      const group = GROUPS.findIndex((each) => each.includes(type.scalar));
      return group < 0 ? type.scalar : String(group);
    }
    case 'wrapper':
      return `wrapper ${type.scalar}`;
    case 'known':
      return type.name;
    case 'message':
      return 'message';
    case 'map':
      return 'map';
  }
}
