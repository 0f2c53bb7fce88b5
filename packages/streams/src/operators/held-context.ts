import { type ByteReader, ByteWriter, sizedLength } from '../lib/byte-cursors.ts';
import { copyBytes } from '../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { emptyRecordContext, type Header, NO_HEADERS, type RecordContext } from '../state/record-context.ts';

/** What a buffer keeps of the record that it holds back, so that it can leave as if it had just come. */
export type HeldContext = Pick<RecordContext, 'topic' | 'partition' | 'offset' | 'timestamp' | 'headers'>;

/** The timestamp is that of the record that reached the buffer: an aggregate's may be later than its source record's. */
export function heldContext(context: RecordContext, timestamp: number): HeldContext {
  const { topic, partition, offset, headers } = context;
  return { topic, partition, offset, timestamp, headers };
}

export function contextOf(held: HeldContext): RecordContext {
  return { ...emptyRecordContext(), ...held };
}

/** A record with its context as buffers keep it: what downstream knew, the old and the new value, each in bytes. */
export type BufferValue = {
  readonly context: HeldContext;
  readonly prior: Uint8Array | null;
  readonly old: Uint8Array | null;
  readonly new: Uint8Array | null;
};

// Kafka Streams' BufferValue behind its ProcessorRecordContext.
const FIXED_CONTEXT_SIZE = 8 + 8 + 4 + 4;
const SAME_AS_PRIOR = -2;

/** `tailSize` bytes at the end are left to the caller. */
export function encodeBufferValue(value: BufferValue, tailSize: number): ByteWriter {
  const { context, prior, old } = value;
  const topic = context.topic === null ? null : encodeUtf8(context.topic);
  const names = context.headers.map(({ key }) => encodeUtf8(key));
  let size = FIXED_CONTEXT_SIZE + sizedLength(topic);
  for (const [index, { value: bytes }] of context.headers.entries()) {
    size += sizedLength(names[index]!) + sizedLength(bytes);
  }
  size += sizedLength(prior) + sizedLength(old === prior ? null : old) + sizedLength(value.new);

  const writer = new ByteWriter(size + tailSize);
  writer.int64(context.timestamp);
  writer.int64(context.offset);
  writer.sized(topic);
  writer.int32(context.partition);
  writer.int32(names.length);
  for (const [index, { value: bytes }] of context.headers.entries()) {
    writer.sized(names[index]!);
    writer.sized(bytes);
  }
  writer.sized(prior);
  if (old !== null && old === prior) writer.int32(SAME_AS_PRIOR);
  else writer.sized(old);
  writer.sized(value.new);
  return writer;
}

/** The values are views of the reader's bytes; the context is free of them. */
export function decodeBufferValue(reader: ByteReader): BufferValue {
  const timestamp = reader.int64();
  const offset = reader.int64();
  const topic = reader.sized();
  const partition = reader.int32();
  const headers = readHeaders(reader);
  const prior = reader.sized();
  const oldLength = reader.int32();
  const old = oldLength === SAME_AS_PRIOR ? prior : oldLength < 0 ? null : reader.raw(oldLength);
  const context = { topic: topic === null ? null : decodeUtf8(topic), partition, offset, timestamp, headers };
  return { context, prior, old, new: reader.sized() };
}

function readHeaders(reader: ByteReader): readonly Header[] {
  const count = reader.int32();
  if (count <= 0) return NO_HEADERS;
  const headers: Header[] = [];
  for (let index = 0; index < count; index++) {
    const key = decodeUtf8(reader.sized()!);
    const value = reader.sized();
    headers.push({ key, value: value === null ? null : copyBytes(value) });
  }
  return headers;
}
