import { malformed, unwritable } from './errors.ts';
import type { Serde } from './serde.ts';

/** A change of a table's row as it travels through a repartition topic; at least one of the two is there. */
type TravellingChange = { readonly new: unknown; readonly old: unknown; readonly isLatest: boolean };

// Kafka Streams' ChangedSerializer: the last byte says what is in front of it. With both, the new value's length (a
// zigzag varint) comes first, then the new value, then the old.
const OLD_ONLY = 0;
const NEW_ONLY = 1;
const BOTH = 2;
const VARINT_BYTES_MAX = 5;

/** Changes of a re-grouped table, byte for byte as Kafka Streams writes them. */
export function changeSerde(inner: Serde<unknown>): Serde<unknown> {
  const name = `change(${inner.name})`;
  return {
    name,
    serialize(value, topic) {
      const change = value as TravellingChange;
      const newBytes = change.new === null ? null : inner.serialize(change.new, topic);
      const oldBytes = change.old === null ? null : inner.serialize(change.old, topic);
      if (newBytes !== null && oldBytes !== null) return joinBoth(newBytes, oldBytes);
      if (newBytes !== null) return flagged(newBytes, NEW_ONLY);
      if (oldBytes !== null) return flagged(oldBytes, OLD_ONLY);
      throw unwritable(name, 'a change needs an old or a new value');
    },
    deserialize(bytes, topic): TravellingChange {
      const end = bytes.length - 1;
      switch (bytes[end]) {
        case OLD_ONLY:
          return { new: null, old: inner.deserialize(bytes.subarray(0, end), topic), isLatest: true };
        case NEW_ONLY:
          return { new: inner.deserialize(bytes.subarray(0, end), topic), old: null, isLatest: true };
        case BOTH: {
          const { length, next } = readVarint(bytes);
          return {
            new: inner.deserialize(bytes.subarray(next, next + length), topic),
            old: inner.deserialize(bytes.subarray(next + length, end), topic),
            isLatest: true,
          };
        }
        default:
          throw malformed(name, `${bytes[end]} is no flag of a change`);
      }
    },
  };
}

function flagged(bytes: Uint8Array, flag: number): Uint8Array {
  const out = new Uint8Array(bytes.length + 1);
  out.set(bytes);
  out[bytes.length] = flag;
  return out;
}

function joinBoth(newBytes: Uint8Array, oldBytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(VARINT_BYTES_MAX + newBytes.length + oldBytes.length + 1);
  let position = 0;
  let rest = newBytes.length * 2;
  while (rest >= 0x80) {
    out[position++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  out[position++] = rest;
  out.set(newBytes, position);
  out.set(oldBytes, position + newBytes.length);
  position += newBytes.length + oldBytes.length;
  out[position++] = BOTH;
  return out.subarray(0, position);
}

function readVarint(bytes: Uint8Array): { readonly length: number; readonly next: number } {
  let zigzag = 0;
  let next = 0;
  for (let shift = 0; next < VARINT_BYTES_MAX; shift += 7) {
    const byte = bytes[next++]!;
    zigzag |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return { length: zigzag >>> 1, next };
}
