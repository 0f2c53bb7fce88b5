import { expect, it } from 'vitest';
import { Decimal } from '../../types/decimal.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import { arrayType, decimalType, mapType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { DeserializationError, type SerdeFeature, SerializationError } from '../format.ts';
import { MemorySchemaRegistry } from '../schema-registry/memory-schema-registry.ts';
import { parseProto } from './parse-proto.ts';
import { structOfMessage } from './proto-types.ts';
import { PROTOBUF_FORMAT, PROTOBUF_NOSR_FORMAT } from './protobuf-format.ts';

const { INTEGER, BIGINT, DOUBLE, BOOLEAN, STRING, BYTES, TIME, DATE, TIMESTAMP } = SqlTypes;

const ALL: readonly SimpleColumn[] = [
  { name: 'I', type: INTEGER },
  { name: 'L', type: BIGINT },
  { name: 'D', type: DOUBLE },
  { name: 'B', type: BOOLEAN },
  { name: 'S', type: STRING },
  { name: 'X', type: BYTES },
  { name: 'T', type: TIME },
  { name: 'DAY', type: DATE },
  { name: 'AT', type: TIMESTAMP },
  { name: 'PRICE', type: decimalType(10, 2) },
  { name: 'LIST', type: arrayType(INTEGER) },
  { name: 'NAMES', type: arrayType(STRING) },
  { name: 'M', type: mapType(STRING, structType([{ name: 'F', type: DOUBLE }])) },
  { name: 'R', type: structType([{ name: 'INNER', type: arrayType(BIGINT) }]) },
];

const FULL: readonly SqlValue[] = [
  -7,
  -9007199254740993n,
  -0.1,
  true,
  'žluť',
  Uint8Array.of(0, 255),
  86_399_999,
  -1,
  -1,
  new Decimal(-12345n, 2),
  [0, -1, 2_147_483_647],
  ['', 'b'],
  new Map([['k', [1.5]]]),
  [[1n, 2n]],
];

const WRAPPED = { isKey: false, properties: {}, features: new Set<SerdeFeature>() };
const nulls = (columns: readonly SimpleColumn[]): readonly null[] => columns.map(() => null);

it('writes every type behind a header, and reads it again', () => {
  const serde = PROTOBUF_FORMAT.createSerde(ALL, { ...WRAPPED, registry: new MemorySchemaRegistry() });
  const bytes = serde.serialize(FULL, 't')!;
  expect([...bytes.slice(0, 6)]).toEqual([0, 0, 0, 0, 1, 0]);
  expect(serde.deserialize(bytes, 't')).toEqual(FULL);
});

it('reads absent fields as what they are by default', () => {
  const serde = PROTOBUF_NOSR_FORMAT.createSerde(ALL, WRAPPED);
  const bytes = serde.serialize(nulls(ALL), 't')!;
  expect(bytes).toHaveLength(0);
  expect(serde.deserialize(bytes, 't')).toEqual([
    0,
    0n,
    0,
    false,
    '',
    new Uint8Array(0),
    null,
    null,
    null,
    null,
    [],
    [],
    new Map(),
    null,
  ]);
});

it.each(['optional', 'wrapper'])(
  'keeps nulls of scalars, and zeros, where they are declared %s',
  (nullableRepresentation) => {
    const columns = ALL.slice(0, 6);
    const serde = PROTOBUF_NOSR_FORMAT.createSerde(columns, { ...WRAPPED, properties: { nullableRepresentation } });
    const zeros = [0, 0n, 0, false, '', new Uint8Array(0)];
    expect(serde.deserialize(serde.serialize(nulls(columns), 't'), 't')).toEqual(nulls(columns));
    expect(serde.deserialize(serde.serialize(zeros, 't'), 't')).toEqual(zeros);
  },
);

it('has the bytes of the wire format', () => {
  const columns = [
    { name: 'A', type: INTEGER },
    { name: 'B', type: STRING },
  ];
  const serde = PROTOBUF_NOSR_FORMAT.createSerde(columns, WRAPPED);
  expect([...serde.serialize([150, 'testing'], 't')!]).toEqual([8, 0x96, 1, 18, 7, ...Buffer.from('testing')]);
});

it('leaves out what no column asks for, and takes the message that a setting names', () => {
  const registry = new MemorySchemaRegistry();
  const text =
    'syntax = "proto3"; message A {int64 x = 1;} message B {string other = 3; repeated sint32 ns = 2; E e = 5; ' +
    'oneof c {bool d = 6; string f = 7;} enum E {U = 0; V = 1;}}';
  const id = String(registry.register('t-value', { kind: 'PROTOBUF', text, references: [] }));
  const serdeOf = (columns: readonly SimpleColumn[]) =>
    PROTOBUF_FORMAT.createSerde(columns, { ...WRAPPED, registry, properties: { schemaId: id, fullSchemaName: 'B' } });
  const union = structType([
    { name: 'D', type: BOOLEAN },
    { name: 'F', type: STRING },
  ]);
  const all = serdeOf([
    { name: 'OTHER', type: STRING },
    { name: 'NS', type: arrayType(INTEGER) },
    { name: 'E', type: STRING },
    { name: 'C_0', type: union },
  ]);
  const row = ['o', [-3, 4], 'V', [null, 'f']];
  const bytes = all.serialize(row, 't')!;
  expect([...bytes.slice(5, 7)]).toEqual([2, 2]);
  expect(all.deserialize(bytes, 't')).toEqual(row);
  expect(serdeOf([{ name: 'NS', type: arrayType(BIGINT) }]).deserialize(bytes, 't')).toEqual([[-3n, 4n]]);
});

it('has errors of its own for bytes and rows that are not as declared', () => {
  const serde = PROTOBUF_FORMAT.createSerde(ALL, { ...WRAPPED, registry: new MemorySchemaRegistry() });
  const bytes = serde.serialize(FULL, 't')!;
  expect(() => serde.deserialize(bytes.subarray(0, bytes.length - 1), 't')).toThrow(DeserializationError);
  expect(() => serde.deserialize(Uint8Array.of(1, 2, 3), 't')).toThrow(/Unknown magic byte/);
  expect(() => serde.serialize(FULL.with(10, [null]), 't')).toThrow(SerializationError);
  expect(() => PROTOBUF_FORMAT.checkColumns([{ name: 'M', type: mapType(INTEGER, INTEGER) }])).toThrow(
    'PROTOBUF format only supports MAP types with STRING keys',
  );
});

it('reads what .proto texts say, in whatever order', () => {
  const [message] = parseProto(`// comment
    syntax = "proto3"; package a.b; option java_package = "x";
    message M { .a.b.M.Inner later = 1; map<string, int64> counts = 2; reserved 4, 5; /* no */
      optional bool o = 3 [deprecated = true];
      message Inner { google.protobuf.Int32Value w = 1; } }`);
  expect(message!.fields.map(({ name, label, type }) => [name, label, type.kind])).toEqual([
    ['later', 'plain', 'message'],
    ['counts', 'plain', 'map'],
    ['o', 'optional', 'scalar'],
  ]);
  expect(() => parseProto('message M { Missing m = 1; }')).toThrow('Missing');
});

it('maps of arrays are written as repeated entries, which read back as maps', () => {
  const columns = [{ name: 'M', type: mapType(SqlTypes.STRING, arrayType(SqlTypes.INTEGER)) }];
  const registry = new MemorySchemaRegistry();
  const serde = PROTOBUF_FORMAT.createSerde(columns, { isKey: false, features: new Set(), properties: {}, registry });
  const row = [new Map([['a', [1, 2]]])];
  expect(serde.deserialize(serde.serialize(row, 'T'), 'T')).toEqual(row);
  const { text } = registry.latest('T-value')!;
  expect(text).toContain('repeated ConnectDefault2Entry M = 1;');
  expect(structOfMessage(parseProto(text)[0]!, 'upper')).toEqual(structType(columns));
});
