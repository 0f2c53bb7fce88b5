import { assert, MillraceError } from '@millrace/base';
import type { MessageCodec } from './api.ts';
import { corruptMessage } from './lib/corrupt-message.ts';
import { Reader } from './reader.ts';
import { Writer } from './writer.ts';

/**
 * Messages that stand by themselves begin with an int16 that says how to read them: for the blobs of group members and
 * the values of coordinator records it is the version, for the keys of coordinator records the type of the record.
 */
export function encodeVersioned<Message>(codec: MessageCodec<Message>, version: number, message: Message): Uint8Array {
  return encodePrefixed(codec, version, version, message);
}

export type DecodeVersionedOptions = {
  /**
   * Read a version that is newer than all known ones as the newest known one, and leave the rest of the bytes alone.
   * The consumer protocol asks for this (`ConsumerProtocol` in Kafka), because members of one group may differ in age.
   */
  readonly newerAsNewest?: boolean;
};

/**
 * Reads what {@link encodeVersioned} wrote.
 *
 * @throws MillraceError `UNSUPPORTED_VERSION` for a version that is not known, `CORRUPT_MESSAGE`, `INEXACT_INT64`.
 */
export function decodeVersioned<Message>(
  codec: MessageCodec<Message>,
  bytes: Uint8Array,
  { newerAsNewest = false }: DecodeVersionedOptions = {},
): Message {
  const reader = new Reader(bytes);
  const written = reader.int16();
  const version = newerAsNewest ? Math.min(written, codec.maxVersion) : written;
  if (version >= codec.minVersion && version <= codec.maxVersion) return codec.decode(reader, version);
  const known = `${codec.minVersion} to ${codec.maxVersion}`;
  throw new MillraceError('UNSUPPORTED_VERSION', `${codec.name} has version ${written}; known are ${known}.`, {
    context: { message: codec.name, version: written },
  });
}

/** Writes the key of a coordinator record, which begins with the type of the record. */
export function encodeRecordKey<Key>(codec: MessageCodec<Key>, key: Key): Uint8Array {
  return encodePrefixed(codec, recordTypeOf(codec), codec.maxVersion, key);
}

/** The type of a coordinator record; compare it with the `recordType` of a key's codec. */
export function readRecordType(key: Uint8Array): number {
  return new Reader(key).int16();
}

/** Reads the key of a coordinator record; the caller has chosen the codec by {@link readRecordType}. */
export function decodeRecordKey<Key>(codec: MessageCodec<Key>, bytes: Uint8Array): Key {
  const reader = new Reader(bytes);
  const recordType = reader.int16();
  if (recordType !== recordTypeOf(codec)) {
    throw corruptMessage(`A key of record type ${recordType} is read as ${codec.name}.`, { recordType });
  }
  return codec.decode(reader, codec.maxVersion);
}

function recordTypeOf(codec: Pick<MessageCodec<unknown>, 'name' | 'recordType'>): number {
  assert(codec.recordType !== null, `${codec.name} is the key of a record`);
  return codec.recordType;
}

function encodePrefixed<T>(codec: MessageCodec<T>, prefix: number, version: number, message: T): Uint8Array {
  const writer = new Writer();
  writer.int16(prefix);
  codec.encode(writer, version, message);
  return writer.toBytes();
}
