import { parseProto } from '../../formats/protobuf/parse-proto.ts';
import { KNOWN_CODECS } from '../../formats/protobuf/proto-known.ts';
import { SCALAR_CODECS } from '../../formats/protobuf/proto-scalars.ts';
import type { ProtoField, ProtoMessage, ProtoScalar } from '../../formats/protobuf/proto-schema.ts';
import { ProtoCursor, SIZED } from '../../formats/protobuf/proto-wire.ts';
import { decodeBase64 } from '../../lib/base64.ts';
import { printDouble } from '../../types/java-text.ts';

/** Writes messages down as Protocol Buffers' text format does: a field a line, in the order of their numbers. */
export function messageTexts(protoSchema: string): (base64: string) => string {
  const [message] = parseProto(protoSchema);
  return (base64) => textOf(message!, decodeBase64(base64)!, '');
}

function textOf(message: ProtoMessage, bytes: Uint8Array, indent: string): string {
  const cursor = new ProtoCursor(bytes);
  const lines = new Map<number, string>(message.fields.map(({ number }) => [number, '']));
  while (!cursor.atEnd) {
    const tag = cursor.count();
    const number = Math.floor(tag / 8);
    const field = message.fields.find((each) => each.number === number);
    if (field === undefined) cursor.skip(tag % 8);
    else lines.set(number, `${lines.get(number)}${fieldText(field, tag % 8, cursor, indent)}`);
  }
  return [...lines]
    .sort(([left], [right]) => left - right)
    .map(([, text]) => text)
    .join('');
}

function fieldText({ name, type, label }: ProtoField, wireType: number, cursor: ProtoCursor, indent: string): string {
  const nested = (message: ProtoMessage): string =>
    `${indent}${name} {\n${textOf(message, cursor.sized(), `${indent}  `)}${indent}}\n`;
  switch (type.kind) {
    case 'message':
      return nested(type.message);
    case 'map':
      return nested(type.entry);
    case 'known':
      return nested(KNOWN_CODECS[type.name].message);
    case 'scalar': {
      const { scalar } = type;
      const isPacked = label === 'repeated' && wireType === SIZED && SCALAR_CODECS[scalar].wireType !== SIZED;
      const from = isPacked ? new ProtoCursor(cursor.sized()) : cursor;
      let text = '';
      do {
        text += `${indent}${name}: ${scalarText(scalar, SCALAR_CODECS[scalar].read(from))}\n`;
      } while (isPacked && !from.atEnd);
      return text;
    }
    default:
      throw new Error(`the text of a field of kind ${type.kind} is not known here`);
  }
}

function scalarText(scalar: ProtoScalar, value: unknown): string {
  if (scalar === 'double' || scalar === 'float') return printDouble(value as number);
  if (scalar === 'string') return `"${escaped(new TextEncoder().encode(value as string))}"`;
  if (scalar === 'bytes') return `"${escaped(value as Uint8Array)}"`;
  return String(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
};

/** What is no plain ASCII is written by its octal number. */
function escaped(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const isPlain = byte >= 0x20 && byte < 0x7f;
      return ESCAPES[character] ?? (isPlain ? character : `\\${byte.toString(8).padStart(3, '0')}`);
    })
    .join('');
}
