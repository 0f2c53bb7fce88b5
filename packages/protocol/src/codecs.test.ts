import { MillraceError } from '@millrace/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reader } from './reader.ts';
import { type Field, type Fields, includes } from './schema.ts';
import { allCodecs, versionsOf } from './testing/all-codecs.ts';
import { type AnyMessage, arbitraryMessage, defaultValue } from './testing/arbitrary-message.ts';
import { Writer } from './writer.ts';

const RUNS_PER_VERSION = 15;

describe.each(allCodecs.map((entry) => [entry.declaration.name, entry] as const))('%s', (_, { declaration, codec }) => {
  test('what is written is read back, in every version', () => {
    for (const version of versionsOf(declaration)) {
      const property = fc.property(arbitraryMessage(declaration.fields, version), (message) => {
        const writer = new Writer();
        codec.encode(writer, version, message);
        const reader = new Reader(writer.toBytes());
        expect(plain(codec.decode(reader, version))).toEqual(plain(message));
        expect(reader.remaining).toBe(0);
      });
      fc.assert(property, { numRuns: RUNS_PER_VERSION });
    }
  });

  test('a value that a version lacks is refused, or dropped where it may be ignored', () => {
    for (const version of versionsOf(declaration)) {
      for (const { path, field, message } of withOneAlien(declaration.fields, version)) {
        const encode = () => codec.encode(new Writer(), version, message);
        if (field.ignorable) expect(encode, path).not.toThrow();
        else
          expect(encode, `${path} in version ${version}`).toThrow(
            expect.objectContaining({ code: 'UNSUPPORTED_VERSION' }),
          );
      }
    }
  });

  test('bytes of an enemy are refused by the typed error and never blown up', () => {
    for (const version of versionsOf(declaration)) {
      const property = fc.property(hostileBytes(declaration.fields, codec, version), (bytes) => {
        expect(countElements(decodeOrRefuse(() => codec.decode(new Reader(bytes), version)))).toBeLessThanOrEqual(
          bytes.length,
        );
      });
      fc.assert(property, { numRuns: RUNS_PER_VERSION });
    }
  });
});

/** Bytes compare by content, whatever the class of their view. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

type Alien = { readonly path: string; readonly field: Field; readonly message: AnyMessage };

/** Messages that are right for the version but for one value, in a field that the version does not have. */
function* withOneAlien(fields: Fields, version: number): Generator<Alien> {
  const base = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, present(field, version)]));
  for (const [name, field] of Object.entries(fields)) {
    const { type } = field;
    if (!includes(field.versions, version)) {
      const value = differentValue(field);
      if (value !== undefined) yield { path: name, field, message: { ...base, [name]: value } };
      continue;
    }
    const inner = type.kind === 'list' ? type.element : type;
    if (inner.kind !== 'struct') continue;
    for (const alien of withOneAlien(inner.fields, version)) {
      const value = type.kind === 'list' ? [alien.message] : alien.message;
      yield { ...alien, path: `${name}.${alien.path}`, message: { ...base, [name]: value } };
    }
  }
}

/** A value that a version can surely carry. */
function present(field: Field, version: number): unknown {
  const value = defaultValue(field);
  const mustNotBeNull = includes(field.versions, version) && !includes(field.nullable, version);
  return value === null && mustNotBeNull
    ? defaultValue({ ...field, nullable: undefined, defaultValue: undefined })
    : value;
}

function differentValue(field: Field): unknown {
  if (field.type.kind === 'list') return field.type.element.kind === 'struct' ? undefined : [defaultElement(field)];
  if (field.type.kind === 'struct') return undefined;
  switch (field.type.name) {
    case 'bool':
      return field.defaultValue !== true;
    case 'string':
      return 'alien';
    case 'uuid':
      return 'AAAAAAAAAAAAAAAAAAAAAQ';
    case 'bytes':
    case 'records':
      return Uint8Array.of(1);
    default:
      return field.defaultValue === 7 ? 8 : 7;
  }
}

function defaultElement(field: Field): unknown {
  return field.type.kind === 'list' ? defaultValue({ ...field, type: field.type.element, defaultValue: undefined }) : 0;
}

/** Noise, and real messages with a few bytes changed or cut off. */
function hostileBytes(
  fields: Fields,
  codec: { encode(writer: Writer, version: number, message: AnyMessage): void },
  version: number,
): fc.Arbitrary<Uint8Array> {
  const real = arbitraryMessage(fields, version).map((message) => {
    const writer = new Writer();
    codec.encode(writer, version, message);
    return writer.toBytes();
  });
  const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), { minLength: 1, maxLength: 4 });
  const mutated = fc.tuple(real, changes, fc.nat()).map(([bytes, edits, cut]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, value] of edits) if (copy.length > 0) copy[at % copy.length] = value;
    return cut % 3 === 0 ? copy.subarray(0, cut % (copy.length + 1)) : copy;
  });
  return fc.oneof({ weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) }, { weight: 3, arbitrary: mutated });
}

function decodeOrRefuse(decode: () => unknown): unknown {
  try {
    return decode();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(MillraceError);
    expect(['CORRUPT_MESSAGE', 'INEXACT_INT64']).toContain((thrown as MillraceError).code);
    return null;
  }
}

/** How many list elements a message holds, all levels together. */
function countElements(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return own + Object.values(value).reduce((sum: number, inner) => sum + countElements(inner), 0);
}
