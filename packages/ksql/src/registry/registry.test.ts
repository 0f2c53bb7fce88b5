import { silentLogger } from '@millrace/base';
import { Client } from '@millrace/client';
import { expect, test } from 'vitest';
import { Service } from '../engine/test-support/service.ts';
import type { SchemaText } from '../formats/schema-registry/schema-registry.ts';
import { type CompatibilityLevel, compatibilityProblems } from './compatibility.ts';
import { RegistryStore } from './registry-store.ts';
import { SchemaRegistryServer } from './schema-registry-server.ts';
import { TopicRegistry } from './topic-registry.ts';

const avro = (...fields: object[]): SchemaText => ({
  kind: 'AVRO',
  text: JSON.stringify({ type: 'record', name: 'R', fields }),
  references: [],
});
const A = { name: 'a', type: 'int' };
const B = { name: 'b', type: 'string' };
const proto = (fields: string): SchemaText => ({
  kind: 'PROTOBUF',
  text: `syntax = "proto3"; message M { ${fields} }`,
  references: [],
});
const json = (schema: object): SchemaText => ({ kind: 'JSON', text: JSON.stringify(schema), references: [] });

function accepts(level: CompatibilityLevel, next: SchemaText, ...before: SchemaText[]): boolean {
  const resolved = (schema: SchemaText) => ({ ...schema, resolved: [] });
  return compatibilityProblems(resolved(next), before.map(resolved), level).length === 0;
}

test('Avro: a field may be added with a default for old records, and be taken away for old readers', () => {
  const withDefault = { ...B, default: 'x' };
  expect(accepts('BACKWARD', avro(A, B), avro(A))).toBe(false);
  expect(accepts('BACKWARD', avro(A, withDefault), avro(A))).toBe(true);
  expect(accepts('BACKWARD', avro(A), avro(A, B))).toBe(true);
  expect(accepts('FORWARD', avro(A), avro(A, B))).toBe(false);
  expect(accepts('FORWARD', avro(A, B), avro(A))).toBe(true);
  expect(accepts('FULL', avro(A, withDefault), avro(A))).toBe(true);
  expect(accepts('FULL', avro(A, B), avro(A))).toBe(false);
  expect(accepts('NONE', avro(B), avro(A))).toBe(true);
});

test('Avro: types may widen for readers of old records, and unions may take more', () => {
  const long = { name: 'a', type: 'long' };
  expect(accepts('BACKWARD', avro(long), avro(A))).toBe(true);
  expect(accepts('FORWARD', avro(long), avro(A))).toBe(false);
  expect(accepts('BACKWARD', avro({ name: 'a', type: ['null', 'int'] }), avro(A))).toBe(true);
  expect(accepts('BACKWARD', avro(A), avro({ name: 'a', type: ['null', 'int'] }))).toBe(false);
});

test('transitive levels look at all versions, the others at the last', () => {
  const [first, second, third] = [avro(A), avro(A, { ...B, default: 'x' }), avro(A, B)];
  expect(accepts('BACKWARD', third, first, second)).toBe(true);
  expect(accepts('BACKWARD_TRANSITIVE', third, first, second)).toBe(false);
});

test('Protocol Buffers: fields may come and go, but keep their types; JSON Schema: what is required must have come', () => {
  expect(accepts('FULL', proto('int32 a = 1; string b = 2;'), proto('int32 a = 1;'))).toBe(true);
  expect(accepts('BACKWARD', proto('string a = 1;'), proto('int32 a = 1;'))).toBe(false);
  expect(accepts('BACKWARD', proto('int64 a = 1;'), proto('int32 a = 1;'))).toBe(true);
  const open = { type: 'object', properties: { a: { type: 'integer' } } };
  expect(accepts('BACKWARD', json({ ...open, required: ['a'] }), json(open))).toBe(false);
  expect(accepts('BACKWARD', json(open), json({ ...open, required: ['a'] }))).toBe(true);
  expect(accepts('BACKWARD', json({ ...open, properties: { a: { type: 'string' } } }), json(open))).toBe(false);
});

test('a registry gives one id to one schema, keeps versions by subject, and tells what it refuses', () => {
  const store = new RegistryStore();
  expect(store.register('s', avro(A))).toBe(1);
  expect(store.register('t', { ...avro(A), text: `${avro(A).text} ` })).toBe(1);
  expect(store.register('s', avro(A, { ...B, default: '' }))).toBe(2);
  expect(() => store.register('s', avro({ name: 'c', type: 'int' }))).toThrow(
    /incompatible with an earlier schema.*BACKWARD.*no default/,
  );
  expect(() => store.register('s', { kind: 'AVRO', text: '{', references: [] })).toThrow(/is no AVRO schema/);
  store.deleteVersion('s', 2);
  expect(store.latest('s')?.version).toBe(1);
  expect(store.schemaById(2)?.text).toBe(avro(A, { ...B, default: '' }).text);
});

test('schemas in a topic are there again after a restart, levels and deletions too', async () => {
  await using service = await Service.start('in process');
  const client = new Client(service.wire);
  {
    await using first = await TopicRegistry.open(client, silentLogger);
    first.store.register('s', avro(A));
    first.store.register('s', avro(A, { ...B, default: '' }));
    first.store.setLevel('s', 'FULL');
    first.store.deleteVersion('s', 2);
  }
  await using second = await TopicRegistry.open(client, silentLogger);
  expect(second.store.versions('s').map(({ version, id }) => [version, id])).toEqual([[1, 1]]);
  expect(second.store.schemaById(2)).toBeDefined();
  expect(second.store.level('s')).toBe('FULL');
  await client.close();
});

test('the server speaks the protocol of the Schema Registry', async () => {
  await using server = await SchemaRegistryServer.start({ port: 0 });
  const ask = async (method: string, path: string, body?: object): Promise<unknown> =>
    (await fetch(server.url + path, { method, body: body === undefined ? null : JSON.stringify(body) })).json();
  const schema = { schema: avro(A).text };
  expect(await ask('POST', '/subjects/s-value/versions', schema)).toEqual({ id: 1 });
  expect(await ask('GET', '/subjects')).toEqual(['s-value']);
  expect(await ask('GET', '/subjects/s-value/versions/latest')).toEqual({
    subject: 's-value',
    version: 1,
    id: 1,
    ...schema,
  });
  expect(await ask('POST', '/subjects/s-value', schema)).toMatchObject({ version: 1 });
  const wrong = { schema: avro(A, B).text };
  expect(await ask('POST', '/compatibility/subjects/s-value/versions/latest', wrong)).toMatchObject({
    is_compatible: false,
  });
  expect(await ask('POST', '/subjects/s-value/versions', wrong)).toMatchObject({ error_code: 409 });
  expect(await ask('PUT', '/config/s-value', { compatibility: 'NONE' })).toEqual({ compatibility: 'NONE' });
  expect(await ask('POST', '/subjects/s-value/versions', wrong)).toEqual({ id: 2 });
  expect(await ask('GET', '/schemas/ids/2')).toEqual(wrong);
  expect(await ask('GET', '/schemas/ids/9')).toMatchObject({ error_code: 40403 });
  expect(await ask('GET', '/subjects/nope/versions')).toMatchObject({ error_code: 40401 });
  expect(await ask('PUT', '/config', { compatibility: 'SOME' })).toMatchObject({ error_code: 42203 });
  expect(await ask('DELETE', '/subjects/s-value')).toEqual([1, 2]);
  expect(await ask('GET', '/mode')).toEqual({ mode: 'READWRITE' });
});
