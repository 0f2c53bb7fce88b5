import { copyBytes } from '../lib/bytes.ts';
import { readInt64, writeInt64 } from '../lib/int64.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { malformed, unwritable } from './errors.ts';
import type { Serde } from './serde.ts';

// Kafka's own serialisers' bytes: big-endian numbers, UTF-8 text.

export const stringSerde: Serde<string> = {
  name: 'string',
  serialize(value) {
    if (typeof value !== 'string') throw unwritable('string', `it is a ${typeof value}`);
    return encodeUtf8(value);
  },
  deserialize: (bytes) => decodeUtf8(bytes),
  deserializeAt: (bytes, start, end) => decodeUtf8(bytes, start, end),
  // Halves of surrogate pairs are written as U+FFFD.
  toPlain: (value) => (typeof value === 'string' && value.isWellFormed() ? value : null),
};

export const longSerde: Serde<number> = {
  name: 'long',
  serialize(value) {
    if (!Number.isSafeInteger(value)) throw unwritable('long', `${String(value)} is not an exact integer`);
    const bytes = new Uint8Array(8);
    writeInt64(bytes, 0, value);
    return bytes;
  },
  deserialize: (bytes) => readLong(bytes, 0, bytes.length),
  deserializeAt: (bytes, start, end) => readLong(bytes, start, end),
  toPlain: (value) => (Number.isSafeInteger(value) && !Object.is(value, -0) ? value : null),
};

function readLong(bytes: Uint8Array, start: number, end: number): number {
  requireLength('long', end - start, 8);
  return readInt64(bytes, start);
}

export const integerSerde: Serde<number> = integer('integer', 4);
export const shortSerde: Serde<number> = integer('short', 2);

export const doubleSerde: Serde<number> = {
  name: 'double',
  serialize(value) {
    if (typeof value !== 'number') throw unwritable('double', `it is a ${typeof value}`);
    const bytes = new Uint8Array(8);
    view(bytes).setFloat64(0, value);
    return bytes;
  },
  deserialize(bytes) {
    requireLength('double', bytes.length, 8);
    return view(bytes).getFloat64(0);
  },
  toPlain: (value) => (typeof value === 'number' ? value : null),
};

export const floatSerde: Serde<number> = {
  name: 'float',
  serialize(value) {
    if (typeof value !== 'number') throw unwritable('float', `it is a ${typeof value}`);
    const bytes = new Uint8Array(4);
    view(bytes).setFloat32(0, value);
    return bytes;
  },
  deserialize(bytes) {
    requireLength('float', bytes.length, 4);
    return view(bytes).getFloat32(0);
  },
};

/** Copies both ways: the bytes given to user code are its own, and later changes to them do not reach a store. */
export const bytesSerde: Serde<Uint8Array> = {
  name: 'bytes',
  serialize(value) {
    if (!(value instanceof Uint8Array)) throw unwritable('bytes', 'it is not a Uint8Array');
    return copyBytes(value);
  },
  deserialize: (bytes) => copyBytes(bytes),
  deserializeAt: (bytes, start, end) => Uint8Array.prototype.slice.call(bytes, start, end),
};

export const booleanSerde: Serde<boolean> = {
  name: 'boolean',
  serialize(value) {
    if (typeof value !== 'boolean') throw unwritable('boolean', `it is a ${typeof value}`);
    return Uint8Array.of(value ? 1 : 0);
  },
  deserialize(bytes) {
    requireLength('boolean', bytes.length, 1);
    if (bytes[0]! > 1) throw malformed('boolean', `the byte is ${bytes[0]}, neither 0 nor 1`);
    return bytes[0] === 1;
  },
  toPlain: (value) => (typeof value === 'boolean' ? value : null),
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Written as its text, as Kafka's UUIDSerializer does. */
export const uuidSerde: Serde<string> = {
  name: 'uuid',
  serialize(value) {
    if (typeof value !== 'string' || !UUID.test(value)) throw unwritable('uuid', `${JSON.stringify(value)} is no UUID`);
    return encodeUtf8(value.toLowerCase());
  },
  deserialize(bytes) {
    const text = decodeUtf8(bytes);
    if (!UUID.test(text)) throw malformed('uuid', `${JSON.stringify(text)} is no UUID`);
    return text;
  },
};

/** For keys and values that are always null. */
export const voidSerde: Serde<never> = {
  name: 'void',
  serialize() {
    throw unwritable('void', 'only null can be written');
  },
  deserialize() {
    throw malformed('void', 'only null can be read');
  },
};

function integer(name: string, size: 2 | 4): Serde<number> {
  const limit = 2 ** (size * 8 - 1);
  const isInRange = (value: number): boolean => Number.isInteger(value) && value >= -limit && value < limit;
  return {
    name,
    serialize(value) {
      if (!isInRange(value)) {
        throw unwritable(name, `${String(value)} is not an integer from ${-limit} to ${limit - 1}`);
      }
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at++) bytes[at] = value >> (8 * (size - 1 - at));
      return bytes;
    },
    deserialize(bytes) {
      requireLength(name, bytes.length, size);
      return size === 4 ? view(bytes).getInt32(0) : view(bytes).getInt16(0);
    },
    toPlain: (value) => (isInRange(value) && !Object.is(value, -0) ? value : null),
  };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function requireLength(serde: string, size: number, length: number): void {
  if (size !== length) throw malformed(serde, `it has ${size} bytes, not ${length}`);
}
