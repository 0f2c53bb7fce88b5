import { Ajv } from 'ajv';
import avsc from 'avsc';
import fc from 'fast-check';
import protobufjs from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { Serdes } from '../serdes.ts';
import type { SchemaRegistry, SchemaText } from './schema-registry.ts';

/** The registry of a test: ids from 1, by subject and text. */
class Schemas implements SchemaRegistry {
  readonly subjects = new Map<string, SchemaText>();
  readonly #schemas: SchemaText[] = [];

  register(subject: string, schema: SchemaText): number {
    this.subjects.set(subject, schema);
    const known = this.#schemas.findIndex(({ text }) => text === schema.text);
    return known >= 0 ? known + 1 : this.#schemas.push(schema);
  }

  schemaById(id: number): (SchemaText & { readonly id: number }) | undefined {
    const schema = this.#schemas[id - 1];
    return schema && { ...schema, id };
  }
}

type Person = { name: string; age: number };

const people = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  age: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
});

const avroSchema = {
  type: 'record',
  name: 'Person',
  fields: [
    { name: 'name', type: 'string' },
    { name: 'age', type: 'int' },
  ],
};
const proto = `syntax = "proto3";
package people;
message Other { message Person { int32 unused = 1; } }
message Person { string name = 1; int32 age = 2; }`;
const jsonSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
};

const FORMATS = [
  { format: 'avro', make: (registry: SchemaRegistry) => Serdes.avro<Person>({ avsc, registry, schema: avroSchema }) },
  {
    format: 'protobuf',
    make: (registry: SchemaRegistry) => Serdes.protobuf<Person>({ protobufjs, registry, proto, message: 'Person' }),
  },
  {
    format: 'json-schema',
    make: (registry: SchemaRegistry) => Serdes.jsonSchema<Person>({ Ajv, registry, schema: jsonSchema }),
  },
] as const;

describe.each(FORMATS)('the $format serde', ({ make }) => {
  test('reads what it writes, behind the id of a schema that is registered for the topic', () => {
    const registry = new Schemas();
    const serde = make(registry);
    fc.assert(
      fc.property(people, (person) => {
        const bytes = serde.serialize(person, 'people');
        expect([...bytes.subarray(0, 5)]).toEqual([0, 0, 0, 0, 1]);
        expect({ ...serde.deserialize(bytes, 'people') }).toEqual(person);
      }),
    );
    expect([...registry.subjects.keys()]).toEqual(['people-value']);
  });

  test('refuses bytes without the header, of an unknown schema, cut off, or anything else, by a typed error', () => {
    const registry = new Schemas();
    const serde = make(registry);
    const bytes = serde.serialize({ name: 'Ada', age: 36 }, 'people');
    const unknown = bytes.slice();
    unknown[4] = 9;
    expect(() => serde.deserialize(Uint8Array.of(1, 2, 3), 'people')).toThrow('Unknown magic byte!');
    expect(() => serde.deserialize(unknown, 'people')).toThrow('id 9, is not in the registry');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (rest) => {
        try {
          serde.deserialize(Uint8Array.of(0, 0, 0, 0, 1, ...rest), 'people');
        } catch (error) {
          expect(error).toMatchObject({ code: 'DESERIALIZATION_FAILED' });
        }
      }),
    );
  });

  test('refuses a value that does not fit the schema', () => {
    const serde = make(new Schemas());
    const wrong = { name: 'Ada', age: 'old' } as unknown as Person;
    expect(() => serde.serialize(wrong, 'people')).toThrow(expect.objectContaining({ code: 'SERIALIZATION_FAILED' }));
  });
});

test('avro values written with an older schema are resolved into the newer one', () => {
  const registry = new Schemas();
  const older = Serdes.avro<{ name: string }>({
    avsc,
    registry,
    schema: { ...avroSchema, fields: [avroSchema.fields[0]!] },
  });
  const fields = [...avroSchema.fields.slice(0, 1), { name: 'age', type: 'int', default: -1 }];
  const newer = Serdes.avro<Person>({ avsc, registry, schema: { ...avroSchema, fields } });
  expect({ ...newer.deserialize(older.serialize({ name: 'Ada' }, 't'), 't') }).toEqual({ name: 'Ada', age: -1 });
});

test('a protobuf value says by its place in the file which message it is', () => {
  const registry = new Schemas();
  const person = Serdes.protobuf<Person>({ protobufjs, registry, proto, message: 'Person' });
  const first = Serdes.protobuf({ protobufjs, registry, proto });
  const nested = Serdes.protobuf({ protobufjs, registry, proto, message: 'Other.Person' });
  // How many steps, then each, as zigzag numbers; a mere zero for the first message.
  expect([...person.serialize({ name: '', age: 0 }, 't').subarray(5)]).toEqual([2, 2]);
  expect([...first.serialize({}, 't').subarray(5)]).toEqual([0]);
  expect([...nested.serialize({}, 't').subarray(5)]).toEqual([4, 0, 0]);
});

test('keys have a subject of their own, and names can be given', () => {
  const registry = new Schemas();
  Serdes.avro<string>({ avsc, registry, schema: '"string"', isKey: true }).serialize('k', 'people');
  Serdes.avro<string>({ avsc, registry, schema: '"string"', subjectOf: (topic) => `${topic}-x` }).serialize(
    'k',
    'people',
  );
  expect([...registry.subjects.keys()]).toEqual(['people-key', 'people-x']);
});
