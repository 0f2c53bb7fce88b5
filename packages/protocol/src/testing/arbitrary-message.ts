import fc from 'fast-check';
import { LONG_MAX } from '../lib/int64.ts';
import { NO_BYTES } from '../lib/no-bytes.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import type { Field, Fields, PrimitiveName, PrimitiveType, StructType } from '../schema.ts';
import { includes } from '../schema.ts';

/** A message as the declarations see it: its fields by name. */
export type AnyMessage = { readonly [field: string]: unknown };

const LIST_LENGTH_MAX = 3;

/** Any message that can be written in this version: fields that the version lacks are at their defaults. */
export function arbitraryMessage(fields: Fields, version: number): fc.Arbitrary<AnyMessage> {
  const entries = Object.entries(fields).map(([name, field]) => [name, arbitraryField(field, version)] as const);
  return fc.record(Object.fromEntries(entries));
}

/** The value that a field has when a version lacks it. */
export function defaultValue(field: Field): unknown {
  if (field.defaultValue !== undefined) return field.defaultValue;
  if (field.type.kind === 'list') return [];
  if (field.type.kind === 'struct') return defaultMessage(field.type.fields);
  switch (field.type.name) {
    case 'bool':
      return false;
    case 'string':
      return '';
    case 'uuid':
      return ZERO_UUID;
    case 'bytes':
      return NO_BYTES;
    case 'records':
      return field.nullable === undefined ? NO_BYTES : null;
    default:
      return 0;
  }
}

function defaultMessage(fields: Fields): AnyMessage {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, defaultValue(field)]));
}

function arbitraryField(field: Field, version: number): fc.Arbitrary<unknown> {
  if (!includes(field.versions, version)) return fc.constant(defaultValue(field));
  const value =
    field.type.kind === 'list'
      ? fc.array(arbitraryElement(field.type.element, version), { maxLength: LIST_LENGTH_MAX })
      : arbitraryElement(field.type, version);
  return includes(field.nullable, version) ? fc.option(value, { nil: null, freq: 4 }) : value;
}

function arbitraryElement(type: PrimitiveType | StructType, version: number): fc.Arbitrary<unknown> {
  return type.kind === 'struct' ? arbitraryMessage(type.fields, version) : arbitraryPrimitive(type.name);
}

function arbitraryPrimitive(name: PrimitiveName): fc.Arbitrary<unknown> {
  switch (name) {
    case 'bool':
      return fc.boolean();
    case 'int8':
      return fc.integer({ min: -0x80, max: 0x7f });
    case 'int16':
      return fc.integer({ min: -0x8000, max: 0x7fff });
    case 'uint16':
      return fc.integer({ min: 0, max: 0xffff });
    case 'int32':
      return fc.integer();
    case 'uint32':
      return fc.nat({ max: 0xffffffff });
    case 'int64':
      return fc.oneof({ weight: 9, arbitrary: fc.maxSafeInteger() }, fc.constantFrom(-1, -2, LONG_MAX, -(2 ** 53)));
    case 'float64':
      return fc.double({ noNaN: true });
    case 'string':
      return fc.oneof(
        { weight: 9, arbitrary: fc.string({ unit: 'grapheme' }) },
        fc.nat({ max: 300 }).map((length) => 'ä'.repeat(length)),
      );
    case 'uuid':
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
    default:
      return arbitraryBytes;
  }
}

/** Mostly short, sometimes long enough to be written by reference. */
const arbitraryBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 9, arbitrary: fc.uint8Array({ maxLength: 20 }) },
  fc.integer({ min: 1000, max: 1100 }).map((length) => new Uint8Array(length).fill(7)),
);
