import { MillraceError } from '@millrace/base';
import type { ProtoMessage } from './proto-schema.ts';
import type { ProtoCursor, ProtoOutput } from './proto-wire.ts';

/** Behind the schema's id stands which of its messages the record is: how many indexes, then these; 0 is short for the first. */

const ZIGZAG = 2;

export function readMessageIndex(cursor: ProtoCursor): readonly number[] {
  const count = cursor.count() / ZIGZAG;
  if (count === 0) return [0];
  return Array.from({ length: count }, () => cursor.count() / ZIGZAG);
}

export function writeMessageIndex(index: number, output: ProtoOutput): void {
  if (index === 0) {
    output.count(0);
    return;
  }
  output.count(ZIGZAG);
  output.count(index * ZIGZAG);
}

/** Of the top-level messages that one with this name, the first without a name. @throws MillraceError `UNKNOWN_SCHEMA` */
export function messageIndexOf(messages: readonly ProtoMessage[], fullName: string | undefined): number {
  const name = fullName?.slice(fullName.lastIndexOf('.') + 1);
  const index = name === undefined ? 0 : messages.findIndex((message) => message.name === name);
  if (messages[index] === undefined) {
    throw new MillraceError('UNKNOWN_SCHEMA', `The .proto text has no message ${name ?? ''}`);
  }
  return index;
}
