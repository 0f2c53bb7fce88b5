import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { emptyRecordContext, type Header, type RecordContext } from '../state/record-context.ts';

/** What a buffer keeps of the record that it holds back, so that it can leave as if it had just come. */
export type HeldContext = Pick<RecordContext, 'topic' | 'partition' | 'offset' | 'timestamp' | 'headers'>;

export function heldContext(context: RecordContext, timestamp: number): HeldContext {
  const { topic, partition, offset, headers } = context;
  return { topic, partition, offset, timestamp, headers };
}

export function contextOf(held: HeldContext): RecordContext {
  return { ...emptyRecordContext(), ...held };
}

type Written = {
  readonly t: string | null;
  readonly p: number;
  readonly o: number;
  readonly ms: number;
  readonly h: readonly (readonly [string, readonly number[] | null])[];
};

export function encodeHeld(held: HeldContext): Uint8Array {
  const headers = held.headers.map(({ key, value }) => [key, value === null ? null : [...value]] as const);
  const written: Written = { t: held.topic, p: held.partition, o: held.offset, ms: held.timestamp, h: headers };
  return encodeUtf8(JSON.stringify(written));
}

export function decodeHeld(bytes: Uint8Array): HeldContext {
  const written = JSON.parse(decodeUtf8(bytes)) as Written;
  const headers: Header[] = written.h.map(([key, value]) => ({
    key,
    value: value === null ? null : Uint8Array.from(value),
  }));
  return { topic: written.t, partition: written.p, offset: written.o, timestamp: written.ms, headers };
}

const NULL_LENGTH = 0xffffffff;
const LENGTH_SIZE = 4;

/** Several byte strings, or nulls, in one. */
export function packParts(parts: readonly (Uint8Array | null)[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + LENGTH_SIZE + (part?.length ?? 0), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part === null ? NULL_LENGTH : part.length);
    at += LENGTH_SIZE;
    if (part === null) continue;
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function unpackParts(bytes: Uint8Array): (Uint8Array | null)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: (Uint8Array | null)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at);
    at += LENGTH_SIZE;
    parts.push(length === NULL_LENGTH ? null : bytes.subarray(at, at + length));
    if (length !== NULL_LENGTH) at += length;
  }
  return parts;
}
