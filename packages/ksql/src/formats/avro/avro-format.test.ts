import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../types/decimal.ts';
import { arrayType, decimalType, mapType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { bigIntFromBytes, bytesFromBigInt } from '../decimal-bytes.ts';
import type { SerdeFeature } from '../format.ts';
import { JsonNumber } from '../json/exact-json.ts';
import { MemorySchemaRegistry } from '../schema-registry/memory-schema-registry.ts';
import { HEADER_BYTES, readSchemaId } from '../schema-registry/wire-header.ts';
import { AvroCursor } from './avro-cursor.ts';
import { AVRO_FORMAT } from './avro-format.ts';
import { readAvroAsJson, writeJsonAsAvro } from './avro-json.ts';
import { AvroOutput } from './avro-output.ts';
import { parseAvroSchema } from './avro-schema.ts';
import { sqlTypeOf } from './avro-types.ts';

const columns = [
  { name: 'B', type: SqlTypes.BOOLEAN },
  { name: 'I', type: SqlTypes.INTEGER },
  { name: 'L', type: SqlTypes.BIGINT },
  { name: 'D', type: SqlTypes.DOUBLE },
  { name: 'S', type: SqlTypes.STRING },
  { name: 'Y', type: SqlTypes.BYTES },
  { name: 'P', type: decimalType(6, 2) },
  { name: 'T', type: SqlTypes.TIMESTAMP },
  { name: 'A', type: arrayType(SqlTypes.STRING) },
  { name: 'M', type: mapType(SqlTypes.STRING, SqlTypes.BIGINT) },
  { name: 'R', type: structType([{ name: 'X', type: SqlTypes.DATE }]) },
];

const serdeOf = (list: typeof columns, registry: MemorySchemaRegistry, ...features: SerdeFeature[]) =>
  AVRO_FORMAT.createSerde(list, { isKey: false, features: new Set(features), properties: {}, registry });

const row: SqlValue[] = [
  true,
  -7,
  -(2n ** 63n),
  1.5,
  'ä',
  Uint8Array.of(1, 2),
  new Decimal(-1230n, 2),
  1_600_000_000_000,
  ['x', null],
  new Map([['k', 5n]]),
  [18_000],
];

describe('the AVRO format', () => {
  it('reads back every type as it was written, and nulls', () => {
    const serde = serdeOf(columns, new MemorySchemaRegistry());
    expect(serde.deserialize(serde.serialize(row, 't'), 't')).toEqual(row);
    const nulls = row.map(() => null);
    expect(serde.deserialize(serde.serialize(nulls, 't'), 't')).toEqual(nulls);
  });

  it('registers the schema under the topic and writes its id in front', () => {
    const registry = new MemorySchemaRegistry();
    const bytes = serdeOf(columns.slice(0, 1), registry).serialize([true], 'topic');
    const latest = registry.latest('topic-value');
    expect(latest?.id).toBe(readSchemaId(bytes!));
    expect(JSON.parse(latest!.text)).toEqual({
      type: 'record',
      name: 'KsqlDataSourceSchema',
      namespace: 'io.confluent.ksql.avro_schemas',
      fields: [{ name: 'B', type: ['null', 'boolean'], default: null }],
      'connect.name': 'io.confluent.ksql.avro_schemas.KsqlDataSourceSchema',
    });
  });

  it('writes a single column bare when asked to', () => {
    const registry = new MemorySchemaRegistry();
    const serde = serdeOf([{ name: 'I', type: SqlTypes.INTEGER }], registry, 'UNWRAP_SINGLES');
    expect([...serde.serialize([10], 't')!.subarray(HEADER_BYTES)]).toEqual([20]);
    expect(registry.latest('t-value')?.text).toBe('"int"');
    expect(serde.serialize([null], 't')).toBeNull();
  });

  it('reads with the schema that a record was written with: fields by name, numbers widened, anything as text', () => {
    const registry = new MemorySchemaRegistry();
    const text = '{"type":"record","name":"r","fields":[{"name":"x","type":"int"},{"name":"s","type":["null","int"]}]}';
    const id = registry.register('t-value', { kind: 'AVRO', text, references: [] });
    const bytes = Uint8Array.of(0, 0, 0, 0, id, 14, 2, 6);
    const serde = serdeOf(
      [
        { name: 'S', type: SqlTypes.STRING },
        { name: 'X', type: SqlTypes.BIGINT },
        { name: 'Z', type: SqlTypes.STRING },
      ],
      registry,
    );
    expect(serde.deserialize(bytes, 't')).toEqual(['3', 7n, null]);
  });

  it('refuses names that Avro does not have', () => {
    expect(() => AVRO_FORMAT.checkColumns([{ name: '1x', type: SqlTypes.STRING }])).toThrow(
      'Schema is not compatible with Avro: Illegal initial character: 1x',
    );
  });

  it('refuses bytes without a header', () => {
    expect(() => serdeOf(columns, new MemorySchemaRegistry()).deserialize(Uint8Array.of(1, 2), 't')).toThrow(
      'Unknown magic byte!',
    );
  });
});

describe('an Avro schema', () => {
  it('becomes a SQL type: unions of several are structs, enums text, logical types their own', () => {
    const schema = parseAvroSchema(
      JSON.stringify({
        type: 'record',
        name: 'r',
        fields: [
          { name: 'e', type: { type: 'enum', name: 'Suit', symbols: ['A', 'B'] } },
          { name: 'u', type: ['null', 'int', 'string'] },
          { name: 'd', type: { type: 'bytes', logicalType: 'decimal', precision: 4, scale: 2 } },
          { name: 't', type: { type: 'int', logicalType: 'time-millis' } },
        ],
      }),
    );
    expect(sqlTypeOf(schema, 'upper')).toEqual(
      structType([
        { name: 'E', type: SqlTypes.STRING },
        {
          name: 'U',
          type: structType([
            { name: 'INT', type: SqlTypes.INTEGER },
            { name: 'STRING', type: SqlTypes.STRING },
          ]),
        },
        { name: 'D', type: decimalType(4, 2) },
        { name: 'T', type: SqlTypes.TIME },
      ]),
    );
  });

  it('carries JSON there and back', () => {
    const schema = parseAvroSchema('{"type":"record","name":"r","fields":[{"name":"Foo","type":["null","long"]}]}');
    const output = new AvroOutput();
    writeJsonAsAvro(schema, new Map([['foo', new JsonNumber('9007199254740993')]]), output);
    expect(readAvroAsJson(schema, new AvroCursor(output.finish(), 0))).toEqual(
      new Map([['Foo', new JsonNumber('9007199254740993')]]),
    );
  });
});

it('Avro numbers come back as they were written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.integer(), (long, int) => {
      const output = new AvroOutput();
      output.long(long);
      output.int(int);
      const cursor = new AvroCursor(output.finish(), 0);
      expect([cursor.long(), cursor.int()]).toEqual([long, int]);
    }),
  );
});

it("big numbers come back from two's complement", () => {
  fc.assert(
    fc.property(fc.bigInt(), (value) => {
      expect(bigIntFromBytes(bytesFromBigInt(value))).toBe(value);
    }),
  );
});

it('refuses records that claim more than their bytes can hold', () => {
  const cursorOf = (...bytes: readonly number[]): AvroCursor => new AvroCursor(Uint8Array.of(...bytes), 0);
  const billions = [0xfe, 0xff, 0xff, 0xff, 0x0f];
  expect(() => cursorOf(...billions).blocks(() => {})).toThrow('too many elements without bytes');
  expect(() => cursorOf(...billions).take(2 ** 31)).toThrow('ends too early');
  expect(() => cursorOf(1).take(-1)).toThrow();
});
