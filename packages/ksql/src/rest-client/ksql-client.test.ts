import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, Service } from '../engine/test-support/service.ts';
import { MemorySchemaRegistry } from '../formats/schema-registry/memory-schema-registry.ts';
import { KsqlServer } from '../server/ksql-server.ts';
import { Decimal } from '../types/decimal.ts';
import { KsqlClient } from './ksql-client.ts';
import { KsqlServerError } from './server-error.ts';

let service: Service;
let server: KsqlServer;

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

beforeAll(async () => {
  service = await Service.start('in process');
  server = await KsqlServer.start({
    engine: await service.engine('one', { schemaRegistry: new MemorySchemaRegistry() }),
    port: 0,
  });
});

afterAll(async () => {
  await server.close();
  await service[Symbol.asyncDispose]();
});

describe.each(['http/2', 'http/1.1'] as const)('over %s', (protocol) => {
  let client: KsqlClient;
  const own = (name: string): string => `${name}_${protocol.at(-1)}`;

  beforeAll(() => {
    client = new KsqlClient({ url: server.url, protocol, properties: { 'auto.offset.reset': 'earliest' } });
  });
  afterAll(() => client.close());

  test('what is inserted comes back as it was, to the last digit', async () => {
    const name = own('exact');
    await client.execute(`CREATE STREAM ${name} (id STRING KEY, whole BIGINT, price DECIMAL(20, 2), weight DOUBLE,
      moment TIMESTAMP, day DATE, raw BYTES, tags ARRAY<BIGINT>, by_name MAP<STRING, INT>, part STRUCT<a DECIMAL(4, 2), b INT>)
      WITH (kafka_topic='${name}', partitions=1, value_format='JSON');`);
    const values = {
      ID: 'a',
      WHOLE: 9_007_199_254_740_993n,
      WEIGHT: 2,
      MOMENT: new Date('2026-11-21T10:00:00.123Z'),
      DAY: '2026-01-31',
      RAW: Uint8Array.of(0, 255, 1),
      TAGS: [1n, null, -9_223_372_036_854_775_808n],
      BY_NAME: { x: 1 },
    };
    const price = '123456789012345678.50';
    const row = { ...values, PRICE: new Decimal(12345678901234567850n, 2), PART: { A: new Decimal(150n, 2), B: null } };
    await client.insertInto(name, row);
    await using query = await client.streamQuery(`SELECT * FROM ${name} EMIT CHANGES LIMIT 1;`);
    expect(query.schema.slice(0, 3)).toEqual([
      { name: 'ID', type: 'STRING' },
      { name: 'WHOLE', type: 'BIGINT' },
      { name: 'PRICE', type: 'DECIMAL(20, 2)' },
    ]);
    const rows = await allOf(query.objects());
    expect(rows).toEqual([{ ...values, PRICE: price, PART: { A: '1.50', B: null } }]);
    expect(query.finalMessage).toBe('Limit Reached');
  });

  test('rows come as they are made, and the query ends when its reader leaves', async () => {
    const name = own('pushed');
    await client.execute(`CREATE STREAM ${name} (id INT KEY, v INT)
      WITH (kafka_topic='${name}', partitions=1, value_format='JSON');`);
    const query = await client.streamQuery(`SELECT id, v FROM ${name} EMIT CHANGES;`);
    expect(query.queryId).toMatch(/^transient_/);
    const seen: unknown[] = [];
    let next = 0;
    const insert = () => client.insertInto(name, { ID: next, V: next++ * 2 });
    await insert();
    for await (const row of query) {
      seen.push(row);
      if (seen.length === 3) break;
      await insert();
    }
    expect(seen).toEqual([0, 1, 2].map((id) => [id, id * 2]));
    await expect(client.terminatePushQuery(query.queryId!)).rejects.toMatchObject({ errorCode: 40000 });
  });

  test('a signal ends a query that waits for rows', async () => {
    const name = own('quiet');
    await client.execute(
      `CREATE STREAM ${name} (id INT KEY) WITH (kafka_topic='${name}', partitions=1, format='JSON');`,
    );
    const end = new AbortController();
    const query = await client.streamQuery(`SELECT id FROM ${name} EMIT CHANGES;`, { signal: end.signal });
    const waiting = query.rows.next();
    end.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    const another = await client.streamQuery(`SELECT id FROM ${name} EMIT CHANGES;`);
    const open = another.rows.next();
    await client.terminatePushQuery(another.queryId!);
    expect(await open).toMatchObject({ done: true });
  });

  test('a table is asked for what it has, and says which of its keys are gone', async () => {
    const name = own('stock');
    await client.execute(`CREATE TABLE ${name} (id STRING PRIMARY KEY, n INT)
      WITH (kafka_topic='${name}', partitions=1, value_format='JSON'); CREATE TABLE ${name}_v AS SELECT * FROM ${name};`);
    await client.insertInto(name, { ID: 'a', N: 1 });
    const ask = async () => (await client.executeQuery(`SELECT * FROM ${name}_v WHERE id = 'a';`)).objects();
    expect(await eventually(ask, (rows) => rows.length === 1)).toEqual([{ ID: 'a', N: 1 }]);
    await using changes = await client.streamQuery(`SELECT * FROM ${name} EMIT CHANGES LIMIT 2;`);
    expect((await changes.rows.next()).value).toEqual(['a', 1]);
    await service.produce(name, [{ key: 'a', value: null, timestamp: 1 }]);
    const { value: gone } = await changes.rows.next();
    expect(changes.isDeletion(gone)).toBe(true);
  });

  test('each row of many is answered, and one that is refused ends no other', async () => {
    const name = own('many');
    await client.execute(`CREATE STREAM ${name} (id STRING KEY, n INT)
      WITH (kafka_topic='${name}', partitions=1, value_format='JSON');`);
    async function* rows() {
      yield { ID: 'a', N: 1 };
      yield { ID: 'b', N: 'no number' };
      yield { ID: 'c', N: 3 };
    }
    expect(await allOf(client.streamInserts(name, rows()))).toEqual([
      { status: 'ok', seq: 0 },
      {
        status: 'error',
        seq: 1,
        errorCode: expect.any(Number),
        message: expect.stringContaining("Can't coerce string"),
      },
      { status: 'ok', seq: 2 },
    ]);
    const { rows: kept } = await client.executeQuery(`SELECT id FROM ${name} EMIT CHANGES LIMIT 2;`);
    expect(kept).toEqual([['a'], ['c']]);
  });

  test('rows that end in an error end the inserts with it', async () => {
    const name = own('broken');
    await client.execute(
      `CREATE STREAM ${name} (id INT KEY) WITH (kafka_topic='${name}', partitions=1, format='JSON');`,
    );
    async function* rows() {
      yield { ID: 1 };
      throw new Error('no more');
    }
    await expect(allOf(client.streamInserts(name, rows()))).rejects.toThrow('no more');
  });

  test('what the server refuses has its code, its statement and what was done before', async () => {
    const name = own('before');
    const made = `CREATE STREAM ${name} (id INT KEY) WITH (kafka_topic='${name}', partitions=1, format='JSON');`;
    const failed = await client.execute(`${made} ASSERT TOPIC nowhere TIMEOUT 1 MILLISECONDS;`).catch((error) => error);
    expect(failed).toBeInstanceOf(KsqlServerError);
    expect(failed).toMatchObject({
      code: 'KSQL',
      errorCode: 41700,
      statementText: 'ASSERT TOPIC nowhere TIMEOUT 1 MILLISECONDS;',
      entities: [{ '@type': 'currentStatus' }],
    });
    const two = 'CREATE TYPE a AS INT; CREATE TYPE b AS INT;';
    await expect(client.executeStatement(two)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(client.streamQuery('SELECT nonsense;')).rejects.toMatchObject({ errorCode: 40001 });
    await expect(client.insertInto('nowhere', {})).rejects.toMatchObject({ errorCode: 40000 });
    await expect(client.describeSource('a; DROP STREAM b')).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('it lists and describes what there is, and asserts', async () => {
    const name = own('listed');
    const create = `CREATE STREAM ${name} (id INT KEY, v DECIMAL(4, 2))
      WITH (kafka_topic='${name}', partitions=2, format='JSON');`;
    expect(await client.executeStatement(create)).toMatchObject({ queryId: null, message: 'Stream created' });
    const upper = name.toUpperCase();
    const { queryId } = await client.executeStatement(`CREATE STREAM ${name}_copy AS SELECT * FROM ${name};`);
    expect(queryId).toMatch(new RegExp(`^CSAS_${upper}_COPY_\\d+$`));
    expect(await client.listStreams()).toContainEqual({
      name: upper,
      topic: name,
      keyFormat: 'JSON',
      valueFormat: 'JSON',
      isWindowed: false,
    });
    expect(await client.listTopics()).toContainEqual({ name, partitionCount: 2, replicas: [1, 1] });
    expect((await client.listQueries()).map(({ id }) => id)).toContain(queryId);
    expect(await client.describeSource(name)).toMatchObject({
      type: 'STREAM',
      fields: [
        { name: 'ID', type: 'INTEGER', isKey: true },
        { name: 'V', type: 'DECIMAL(4, 2)', isKey: false },
      ],
      readQueries: [{ id: queryId }],
      timestampColumn: null,
    });
    await client.assertTopic(name, true, { configs: { partitions: 2 } });
    await client.assertTopic('nowhere', false, { waitMs: 10 });
    await client.assertSchema({ subject: 'nothing', id: 7 }, false);
    await expect(client.assertTopic(name, false, { waitMs: 10 })).rejects.toMatchObject({ errorCode: 41700 });
    expect(await client.serverInfo()).toMatchObject({ ksqlServiceId: 'test_', serverStatus: 'RUNNING' });
    expect(await client.get('/healthcheck')).toMatchObject({ isHealthy: true });
    await client.checkProperty('auto.offset.reset');
    await expect(client.checkProperty('no.such.thing')).rejects.toMatchObject({ errorCode: 40000 });
  });

  test('variables stand for their values in all requests, until they are undefined', async () => {
    const name = own('variable');
    await client.execute(
      `CREATE STREAM ${name} (id INT KEY) WITH (kafka_topic='${name}', partitions=1, format='JSON');`,
    );
    client.define('Source', name);
    expect(client.getVariables()).toEqual({ Source: name });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of SQL
    await (await client.streamQuery('SELECT * FROM ${source} EMIT CHANGES;')).close();
    client.undefine('SOURCE');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of SQL
    await expect(client.streamQuery('SELECT * FROM ${source} EMIT CHANGES;')).rejects.toBeInstanceOf(KsqlServerError);
  });

  test('a server that is not there is named', async () => {
    await using lost = new KsqlClient({ url: 'http://127.0.0.1:1', protocol });
    await expect(lost.serverInfo()).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      retriable: true,
      message: expect.stringContaining('http://127.0.0.1:1'),
    });
  });
});

test.each(['http/2', 'http/1.1'] as const)('over %s a client goes on when its server was away', async (protocol) => {
  const engine = await service.engine('other');
  const first = await KsqlServer.start({ engine, port: 0 });
  await using client = new KsqlClient({ url: first.url, protocol });
  expect(await client.listTables()).toEqual(expect.any(Array));
  await first.close();
  await expect(client.listTables()).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  await using _second = await KsqlServer.start({ engine, port: Number(new URL(first.url).port) });
  expect(await client.listTables()).toEqual(expect.any(Array));
});
