import { expect, test } from 'vitest';
import { registerSchemas } from '../analysis/register-schemas.ts';
import { applyDdl } from '../catalog/apply.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { MemorySchemaRegistry } from '../formats/schema-registry/memory-schema-registry.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { parse } from '../syntax/parse.ts';
import { isPlannable, planStatement } from './plan-statement.ts';

const functions = builtInFunctions();

const RECORD = JSON.stringify({
  type: 'record',
  name: 'r',
  fields: [{ name: 'N', type: 'int' }],
});

function registryWithSchemas(): MemorySchemaRegistry {
  const registry = new MemorySchemaRegistry();
  const add = (subject: string, kind: 'AVRO' | 'PROTOBUF', text: string, id: number) =>
    registry.registerWithId(subject, { kind, text, references: [] }, id);
  add('there-value', 'AVRO', RECORD, 7);
  add('there-key', 'AVRO', '"int"', 8);
  add('other-value', 'PROTOBUF', 'syntax = "proto3"; message M { int32 N = 1; }', 9);
  add('two-key', 'PROTOBUF', 'syntax = "proto3"; message M { int32 A = 1; int32 B = 2; }', 10);
  return registry;
}

/** Plans statements one after the other, and registers what each declares. */
function plan(registry: MemorySchemaRegistry, ...statements: string[]): void {
  let catalog = EMPTY_CATALOG;
  for (const { build, text } of parse(statements.join('\n'))) {
    const statement = build();
    if (!isPlannable(statement)) throw new Error(text);
    const context = { catalog, functions, config: {}, partitionsOf: () => 1, queryNumber: 0, registry };
    const { ddl, query } = planStatement(statement, text, context);
    if (ddl?.kind !== 'create-source') throw new Error(text);
    catalog = applyDdl(catalog, ddl).catalog;
    registerSchemas(ddl.source, { registry, isSink: query !== null });
  }
}

const SOURCE = "CREATE STREAM s (ROWKEY INT KEY, n INT) WITH (kafka_topic='s', format='AVRO');";

test('a schema that a statement names by its id belongs to its topic from then on', () => {
  const registry = registryWithSchemas();
  plan(registry, SOURCE, 'CREATE STREAM o WITH (key_schema_id=8, value_schema_id=7) AS SELECT * FROM s;');
  expect(registry.latest('O-value')?.id).toBe(7);
  expect(registry.latest('O-key')?.id).toBe(8);
});

test.each([
  [
    'CREATE STREAM o WITH (value_schema_id=9) AS SELECT * FROM s;',
    "Value schema is not in the expected format. You may want to set VALUE_FORMAT to 'PROTOBUF'.\nschema id: 9\n" +
      'expected format: AVRO\nactual format from Schema Registry: PROTOBUF',
  ],
  [
    "CREATE STREAM o WITH (kafka_topic='other', value_format='AVRO');",
    "Value schema is not in the expected format. You may want to set VALUE_FORMAT to 'PROTOBUF'.\ntopic: other\n",
  ],
  [
    "CREATE STREAM o WITH (key_format='KAFKA', key_schema_id=8) AS SELECT * FROM s;",
    'KEY_FORMAT should support schema inference when KEY_SCHEMA_ID is provided. Current format is KAFKA.',
  ],
  [
    'CREATE STREAM o WITH (key_schema_id=8) AS SELECT ROWKEY AS id, n FROM s;',
    'The following key columns are changed, missing or reordered: [`ID` INTEGER KEY]. ' +
      'Schema from schema registry is [`ROWKEY` INTEGER KEY]',
  ],
  [
    'CREATE STREAM o WITH (value_schema_id=70) AS SELECT * FROM s;',
    "Schema for message values on schema id'70 does not exist in the Schema Registry.\nSchema Id: 70\n",
  ],
  [
    "CREATE STREAM o (v INT) WITH (kafka_topic='two', key_format='PROTOBUF', value_format='JSON');",
    'The key schema for topic: two contains multiple columns, which is not supported by ksqlDB at this time.\nSchema:',
  ],
  [
    "CREATE STREAM o WITH (kafka_topic='there', value_format='AVRO', value_schema_id=8);",
    'Unable to verify if the value schema for topic: there, schema id: 8 is compatible with ksqlDB.\n' +
      'Reason: Schema returned from schema registry is anonymous type. To use this schema with ksqlDB, set ' +
      "'WRAP_SINGLE_VALUE=false' in the WITH clause properties.\n",
  ],
])('refuses %s', (statement, message) => {
  expect(() => plan(registryWithSchemas(), SOURCE, statement)).toThrow(message);
});
