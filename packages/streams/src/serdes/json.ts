import { encodeUtf8 } from '../lib/utf8.ts';
import { malformed, unwritable } from './errors.ts';
import { JsonReader } from './json-reader.ts';
import type { Serde } from './serde.ts';

/** JSON without a schema: the type is the caller's word. Prefer a schema where the bytes come from others. */
export function jsonSerde<T>(): Serde<T> {
  const reader = new JsonReader();
  const read = (bytes: Uint8Array, start: number, end: number): T => {
    try {
      return reader.read(bytes, start, end) as T;
    } catch (cause) {
      throw malformed('json', cause instanceof Error ? cause.message : String(cause), cause);
    }
  };
  return {
    name: 'json',
    serialize(value) {
      let text: string | undefined;
      try {
        text = JSON.stringify(value);
      } catch (cause) {
        throw unwritable('json', cause instanceof Error ? cause.message : String(cause), cause);
      }
      // Functions, symbols and undefined have no JSON; written as nothing they would read as a torn record.
      if (text === undefined) throw unwritable('json', `a ${typeof value} has no JSON`);
      return encodeUtf8(text);
    },
    deserialize: (bytes) => read(bytes, 0, bytes.length),
    deserializeAt: read,
  };
}
