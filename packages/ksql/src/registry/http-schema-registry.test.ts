import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOf, Service } from '../engine/test-support/service.ts';
import { HttpSchemaRegistry } from './http-schema-registry.ts';

/** The client stands still while it asks, so that its server must run elsewhere. */
const SERVER = `
  import { workerData, parentPort } from 'node:worker_threads';
  const { SchemaRegistryServer } = await import(workerData);
  const server = await SchemaRegistryServer.start({ port: 0 });
  parentPort.postMessage(server.url);
`;

let worker: Worker;
let url: string;

beforeAll(async () => {
  const module = new URL('./schema-registry-server.ts', import.meta.url).href;
  worker = new Worker(SERVER, { eval: true, workerData: module, execArgv: ['--input-type=module'] });
  url = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
});

afterAll(() => worker.terminate());

const SCHEMA = { kind: 'AVRO', text: '{"type":"record","name":"R","fields":[]}', references: [] } as const;

test('schemas are registered, found by id and version, and refused where they do not fit', async () => {
  await using registry = new HttpSchemaRegistry({ url: `${url}/` });
  const id = registry.register('x-value', SCHEMA);
  expect(registry.register('x-value', SCHEMA)).toBe(id);
  expect(registry.schemaById(id)).toEqual({ ...SCHEMA, id });
  expect(registry.latest('x-value')).toEqual({ ...SCHEMA, id, subject: 'x-value', version: 1 });
  expect(registry.version('x-value', 2)).toBeUndefined();
  expect(registry.latest('nope')).toBeUndefined();
  expect(registry.schemaById(12_345)).toBeUndefined();
  expect(registry.subjects()).toContain('x-value');
  const other = { ...SCHEMA, text: '{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}' };
  expect(registry.isCompatible('x-value', other)).toBe(false);
  expect(() => registry.register('x-value', other)).toThrow(/incompatible with an earlier schema.*error code: 409/);
});

test('schemas refer to others by subject and version', async () => {
  await using registry = new HttpSchemaRegistry({ url });
  const inner = {
    kind: 'PROTOBUF',
    text: 'syntax = "proto3"; message Inner { string a = 1; }',
    references: [],
  } as const;
  registry.register('inner.proto', inner);
  const references = [{ name: 'inner.proto', subject: 'inner.proto', version: 1 }];
  const text = 'syntax = "proto3"; import "inner.proto"; message Outer { Inner inner = 1; }';
  const id = registry.register('outer-value', { kind: 'PROTOBUF', text, references });
  expect(registry.schemaById(id)).toEqual({ kind: 'PROTOBUF', text, references, id });
});

test('a registry that does not answer is told after a bounded number of attempts', async () => {
  await using registry = new HttpSchemaRegistry({ url: 'http://127.0.0.1:9' });
  expect(() => registry.latest('x')).toThrow(/can't be reached.*127\.0\.0\.1:9/);
  expect(() => new HttpSchemaRegistry({ url: 'registry:8081' })).toThrow(/no address of a schema registry/);
});

test('an engine finds its registry by the setting, and reads and writes AVRO through it', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine('one', { config: { 'ksql.schema.registry.url': url } });
  await engine.execute(`CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic='s', partitions=1, value_format='AVRO');
    INSERT INTO s (id, v) VALUES ('a', 7);`);
  expect(await rowsOf(engine.query('SELECT v FROM s EMIT CHANGES LIMIT 1;'))).toEqual([[7]]);
  await engine.execute("CREATE STREAM inferred WITH (kafka_topic='s', value_format='AVRO');");
  expect(await engine.execute('DESCRIBE inferred;')).toMatchObject([{ fields: [{ name: 'V', type: 'INTEGER' }] }]);
});
