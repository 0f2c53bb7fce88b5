import { expect, it } from 'vitest';
import { arrayType, decimalType, mapType, SqlTypes, structType } from '../types/sql-type.ts';
import { avroSchemaText, DEFAULT_FULL_NAME } from './avro/avro-schema-text.ts';
import { inferColumns } from './inference.ts';
import { JsonNumber } from './json/exact-json.ts';
import { jsonSchemaText } from './json/json-schema-text.ts';
import { jsonToRecord, recordToJson } from './registry-json.ts';
import { MemorySchemaRegistry } from './schema-registry/memory-schema-registry.ts';

const columns = [
  { name: 'I', type: SqlTypes.INTEGER },
  { name: 'L', type: SqlTypes.BIGINT },
  { name: 'P', type: decimalType(6, 2) },
  { name: 'T', type: SqlTypes.TIME },
  { name: 'Y', type: SqlTypes.BYTES },
  { name: 'A', type: arrayType(SqlTypes.STRING) },
  { name: 'M', type: mapType(SqlTypes.STRING, SqlTypes.DOUBLE) },
  { name: 'R', type: structType([{ name: 'X', type: SqlTypes.DATE }]) },
];
const registry = new MemorySchemaRegistry();
const options = { registry, names: 'exact', unwrappedName: null } as const;

it('columns come back from the Avro schema that was made of them', () => {
  const text = avroSchemaText(columns, DEFAULT_FULL_NAME, false);
  expect(inferColumns({ kind: 'AVRO', text, references: [] }, options)).toEqual(columns);
});

it('columns come back from the JSON Schema that was made of them', () => {
  const text = jsonSchemaText(columns, { unwrapped: false, title: undefined });
  expect(inferColumns({ kind: 'JSON', text, references: [] }, options)).toEqual(columns);
});

it('a bare value is one column of the given name', () => {
  const schema = { kind: 'AVRO', text: '"int"', references: [] } as const;
  expect(inferColumns(schema, { ...options, unwrappedName: 'ROWKEY' })).toEqual([
    { name: 'ROWKEY', type: SqlTypes.INTEGER },
  ]);
});

it('a record goes to JSON and back by the latest schema of its subject', () => {
  const text = avroSchemaText(columns.slice(0, 2), DEFAULT_FULL_NAME, false);
  registry.register('t-value', { kind: 'AVRO', text, references: [] });
  const record = jsonToRecord(new Map([['i', new JsonNumber('5')]]), { subject: 't-value', registry });
  expect(recordToJson(record, registry)).toEqual(
    new Map([
      ['I', new JsonNumber('5')],
      ['L', null],
    ]),
  );
});

it('maps have texts as keys, whatever the schema says of them', () => {
  const avro = `{"type": "record", "name": "R", "fields": [{"name": "M", "type": {"type": "array", "items":
    {"type": "record", "name": "KsqlDataSourceSchema_M", "connect.internal.type": "MapEntry", "fields": [
      {"name": "key", "type": "int"}, {"name": "value", "type": "long"}]}}}]}`;
  const proto = 'syntax = "proto3"; message R { map<int32, int64> M = 1; }';
  const json = `{"type": "object", "properties": {"M": {"type": "array", "connect.type": "map", "items": {"type": "object",
    "properties": {"key": {"type": "integer"}, "value": {"type": "integer", "connect.type": "int64"}}}}}}`;
  for (const [kind, text] of [
    ['AVRO', avro],
    ['PROTOBUF', proto],
    ['JSON', json],
  ] as const) {
    expect(inferColumns({ kind, text, references: [] }, options), kind).toEqual([
      { name: 'M', type: mapType(SqlTypes.STRING, SqlTypes.BIGINT) },
    ]);
  }
});

it('a JSON Schema may refer to its definitions and to schemas that were registered with it', () => {
  registry.register('address-value', {
    kind: 'JSON',
    text: '{"type": "object", "properties": {"ZIP": {"type": "string"}}}',
    references: [],
  });
  const text = `{"type": "object", "properties": {"A": {"$ref": "#/definitions/tall"}, "B": {"$ref": "address.json"}},
    "definitions": {"tall": {"type": "number"}}}`;
  const references = [{ name: 'address.json', subject: 'address-value', version: 1 }];
  expect(inferColumns({ kind: 'JSON', text, references }, options)).toEqual([
    { name: 'A', type: SqlTypes.DOUBLE },
    { name: 'B', type: structType([{ name: 'ZIP', type: SqlTypes.STRING }]) },
  ]);
});

it('words of a list are texts, and schemas that all hold are one', () => {
  const text = `{"type": "object", "properties": {"E": {"enum": ["a", "b"]}, "U": {"allOf": [
    {"type": "object", "properties": {"X": {"type": "boolean"}}}, {"properties": {"Y": {"type": "string"}}}]}}}`;
  expect(inferColumns({ kind: 'JSON', text, references: [] }, options)).toEqual([
    { name: 'E', type: SqlTypes.STRING },
    {
      name: 'U',
      type: structType([
        { name: 'X', type: SqlTypes.BOOLEAN },
        { name: 'Y', type: SqlTypes.STRING },
      ]),
    },
  ]);
});
