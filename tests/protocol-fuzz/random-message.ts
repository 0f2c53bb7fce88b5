import type { Random } from '@millrace/base';
import { type Field, type Fields, type FieldType, includes, type PrimitiveName } from '@millrace/protocol/testing';
import { randomRecords } from './random-records.ts';

/** Names and ids that mean something to the broker under test, so that requests get past the first check. */
export type Vocabulary = {
  readonly strings: readonly string[];
  /** Ids of topics, as they come to be known. */
  readonly uuids: readonly string[];
  readonly producerIds: readonly number[];
};

const LIST_LENGTH_MAX = 3;
const LONG_STRING_LENGTH = 2_000;
const BYTES_LENGTH_MAX = 40;

/** A list of structs within structs would grow without end. */
const DEPTH_MAX = 4;

/** Numbers at the edges of what fields may hold, and small ones that mean something. */
const EDGES = [-1, -2, -3, -5, 0, 1, 2, 3, 9, 127, 128, 255, 32_767, -32_768, 65_535, 2 ** 31 - 1, -(2 ** 31)];
const LONG_EDGES = [...EDGES, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 40];

type Message = Readonly<Record<string, unknown>>;

/** A message that can be written in a version, mostly of plausible values. */
export function randomMessage(random: Random, fields: Fields, version: number, words: Vocabulary, depth = 0): Message {
  const message: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    message[name] = includes(field.versions, version)
      ? randomField(random, field, version, words, depth)
      : defaultOf(field.type, field);
  }
  return message;
}

function randomField(random: Random, field: Field, version: number, words: Vocabulary, depth: number): unknown {
  if (includes(field.nullable, version) && random.int(6) === 0) return null;
  // Tagged fields are mostly left out, as real clients do.
  if (field.tag !== undefined && random.int(3) > 0) return defaultOf(field.type, field);
  if (field.type.kind !== 'list') return randomValue(random, field.type, version, words, depth);
  const { element } = field.type;
  const length = depth >= DEPTH_MAX ? 0 : random.int(20) === 0 ? LIST_LENGTH_MAX : random.int(3);
  return Array.from({ length }, () => randomValue(random, element, version, words, depth + 1));
}

function randomValue(random: Random, type: FieldType, version: number, words: Vocabulary, depth: number): unknown {
  if (type.kind === 'struct') return randomMessage(random, type.fields, version, words, depth + 1);
  if (type.kind === 'list') return [];
  return randomPrimitive(random, type.name, words);
}

function randomPrimitive(random: Random, name: PrimitiveName, words: Vocabulary): unknown {
  switch (name) {
    case 'bool':
      return random.int(2) === 0;
    case 'int8':
      return clamp(randomInt(random), 0x80);
    case 'int16':
      return clamp(randomInt(random), 0x8000);
    case 'uint16':
      return Math.abs(randomInt(random)) & 0xffff;
    case 'int32':
      return clamp(randomInt(random), 0x8000_0000);
    case 'uint32':
      return Math.abs(randomInt(random)) >>> 0;
    case 'int64':
      if (random.int(4) === 0) return pick(random, words.producerIds);
      return random.int(2) === 0 ? pick(random, LONG_EDGES) : random.int(100);
    case 'float64':
      return pick(random, [0, 1, -1, 0.5, 1e300, Number.MAX_VALUE, Number.MIN_VALUE]);
    case 'string':
      return randomString(random, words);
    case 'uuid':
      return pick(random, words.uuids);
    case 'bytes':
      return randomBytes(random, random.int(BYTES_LENGTH_MAX));
    case 'records':
      return randomRecords(random, words.producerIds);
  }
}

function randomInt(random: Random): number {
  return random.int(2) === 0 ? pick(random, EDGES) : random.int(50);
}

function randomString(random: Random, words: Vocabulary): string {
  const kind = random.int(20);
  if (kind === 0) return '';
  if (kind === 1) return 'ü'.repeat(random.int(LONG_STRING_LENGTH));
  if (kind === 2) return randomBytes(random, random.int(10)).toString('latin1');
  return pick(random, words.strings);
}

export function randomBytes(random: Random, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let index = 0; index < length; index++) bytes[index] = random.int(256);
  return bytes;
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.int(items.length)]!;
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit - 1, value));
}

function defaultOf(type: FieldType, field: Field): unknown {
  if (field.defaultValue !== undefined) return field.defaultValue;
  if (type.kind === 'list') return [];
  if (type.kind === 'struct') {
    return Object.fromEntries(Object.entries(type.fields).map(([name, inner]) => [name, defaultOf(inner.type, inner)]));
  }
  switch (type.name) {
    case 'bool':
      return false;
    case 'string':
      return '';
    case 'uuid':
      return 'AAAAAAAAAAAAAAAAAAAAAA';
    case 'bytes':
      return new Uint8Array(0);
    case 'records':
      return field.nullable === undefined ? new Uint8Array(0) : null;
    default:
      return 0;
  }
}
