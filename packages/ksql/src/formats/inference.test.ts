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
