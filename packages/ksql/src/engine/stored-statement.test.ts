import { expect, test } from 'vitest';
import { MemorySchemaRegistry } from '../formats/schema-registry/memory-schema-registry.ts';
import { Service } from './test-support/service.ts';

test('what the command topic keeps of CREATE says what the statement left open', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  await service.client.admin.createTopics([{ name: 'in', partitionCount: 2, configs: { 'retention.ms': '123456' } }]);
  await engine.execute(`CREATE TYPE address AS STRUCT<city VARCHAR>;
    CREATE STREAM s (id INT KEY, v INT, a ADDRESS, h BYTES HEADER('x')) WITH (value_format='json', kafka_topic='in');
    CREATE TABLE t WITH (partitions=1) AS SELECT id, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY id;
    CREATE STREAM u AS SELECT id, v + 1 FROM s WHERE v > 1;
    INSERT INTO u SELECT id, v AS KSQL_COL_0 FROM s;
    CREATE TABLE p (id INT PRIMARY KEY) WITH (kafka_topic='p', format='JSON', partitions=1);`);
  const described = await engine.execute('DESCRIBE s; DESCRIBE t; DESCRIBE u; DESCRIBE p; SHOW QUERIES;');
  const [s, t, u, p, queries] = described as readonly (object & { statement?: string })[];
  expect(s!.statement).toBe(
    "CREATE STREAM S (ID INTEGER KEY, V INTEGER, A STRUCT<CITY STRING>, H BYTES HEADER('x')) WITH " +
      "(CLEANUP_POLICY='delete', KAFKA_TOPIC='in', KEY_FORMAT='KAFKA', VALUE_FORMAT='json');",
  );
  expect(t!.statement).toBe(
    "CREATE TABLE T WITH (CLEANUP_POLICY='compact,delete', KAFKA_TOPIC='T', PARTITIONS=1, REPLICAS=1, " +
      'RETENTION_MS=123456) AS SELECT\n  S.ID ID,\n  COUNT(*) N\nFROM S S\nWINDOW TUMBLING ( SIZE 1 HOURS ) \n' +
      'GROUP BY S.ID\nEMIT CHANGES;',
  );
  expect(u!.statement).toBe(
    "CREATE STREAM U WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='U', PARTITIONS=2, REPLICAS=1, RETENTION_MS=123456) " +
      'AS SELECT\n  S.ID ID,\n  (S.V + 1) KSQL_COL_0\nFROM S S\nWHERE (S.V > 1)\nEMIT CHANGES;',
  );
  expect(p!.statement).toBe(
    "CREATE TABLE P (ID INTEGER PRIMARY KEY) WITH (CLEANUP_POLICY='compact', FORMAT='JSON', KAFKA_TOPIC='p', " +
      'PARTITIONS=1);',
  );
  expect(queries).toMatchObject({
    queries: [
      { queryString: t!.statement },
      { queryString: u!.statement },
      { queryString: 'INSERT INTO u SELECT id, v AS KSQL_COL_0 FROM s;' },
    ],
  });
});

test('a sink keeps its records as long as what it is made from', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  const { admin } = service.client;
  await admin.createTopics([{ name: 'in', partitionCount: 1, configs: { 'retention.ms': '-1' } }]);
  await engine.execute(`CREATE STREAM s (id INT KEY, v INT) WITH (value_format='JSON', kafka_topic='in');
    CREATE STREAM u AS SELECT * FROM s; CREATE STREAM w WITH (retention_ms=5000) AS SELECT * FROM s;
    CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;`);
  const own = async (name: string) => {
    const configs = await admin.describeConfigs({ type: 'topic', name });
    return configs.filter(({ source }) => source === 1).map((each) => `${each.name}=${each.value}`);
  };
  expect(await own('U')).toEqual(['cleanup.policy=delete', 'retention.ms=-1']);
  expect(await own('W')).toEqual(['cleanup.policy=delete', 'retention.ms=5000']);
  expect(await own('T')).toEqual(['cleanup.policy=compact']);
});

test('schemas are registered when a source is declared, before its first record', async () => {
  await using service = await Service.start('in process');
  const schemaRegistry = new MemorySchemaRegistry();
  const engine = await service.engine('one', { schemaRegistry });
  const text = `CREATE STREAM s (id INT KEY, v INT) WITH (format='AVRO', kafka_topic='s', partitions=1);
    CREATE STREAM i WITH (kafka_topic='s', format='AVRO');
    CREATE STREAM u WITH (format='PROTOBUF') AS SELECT id, v FROM s;`;
  await expect(engine.execute(`${text} CREATE STREAM s (x INT) WITH (kafka_topic='s');`)).rejects.toThrow();
  expect(schemaRegistry.latest('s-value')).toBeUndefined();
  const results = await engine.execute(`${text} DESCRIBE i;`);
  expect(results.at(-1)).toMatchObject({
    statement:
      "CREATE STREAM I (ROWKEY INTEGER KEY, V INTEGER) WITH (CLEANUP_POLICY='delete', FORMAT='AVRO', KAFKA_TOPIC='s');",
  });
  expect(schemaRegistry.latest('s-key')).toMatchObject({
    kind: 'AVRO',
    version: 1,
    text: expect.stringContaining('int'),
  });
  expect(schemaRegistry.latest('U-value')).toMatchObject({ kind: 'PROTOBUF', version: 1 });
  await engine.execute('INSERT INTO s VALUES (1, 2);');
  await service.consume('U', 1);
  expect(schemaRegistry.latest('s-value')).toMatchObject({ version: 1 });
  expect(schemaRegistry.latest('U-value')).toMatchObject({ version: 1 });
});
