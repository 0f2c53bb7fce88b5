import { expect, test } from 'vitest';
import { Service } from './test-support/service.ts';

const STREAM = `CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic='s', partitions=2, value_format='JSON');`;

test('a text with a statement that is wrong is refused as a whole: nothing of it was done', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  const text = `${STREAM} CREATE STREAM o AS SELECT nope FROM s;`;
  await expect(engine.execute(text)).rejects.toMatchObject({
    message: expect.stringContaining("column 'NOPE' cannot be resolved"),
    done: [],
  });
  expect(await engine.execute('SHOW STREAMS;')).toMatchObject([{ streams: [] }]);
  await expect(engine.execute(`${STREAM} INSERT INTO s (id, v) VALUES ('a', 'b', 3);`)).rejects.toThrow(/match/);
  await expect(engine.execute(`${STREAM} ${STREAM}`)).rejects.toThrow(/already exists/);
  await expect(engine.execute(`${STREAM} SELECT * FROM s;`)).rejects.toThrow(/should be issued/);
  expect(await engine.execute('SHOW STREAMS;')).toMatchObject([{ streams: [] }]);
});

test('each statement of a text is tried knowing what those before it will do', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  const results = await engine.execute(`${STREAM}
    DEFINE name = 'o';
    CREATE STREAM \${name} AS SELECT id, v FROM s;
    CREATE TABLE t AS SELECT id, COUNT(*) AS c FROM o GROUP BY id;
    TERMINATE CTAS_T_2;
    DROP TABLE t;
    ALTER STREAM s ADD COLUMN w INT;
    INSERT INTO s (id, w) VALUES ('a', 3);`);
  expect(results.map(({ kind }) => kind)).toEqual([
    ...['currentStatus', 'session', 'currentStatus', 'currentStatus'],
    ...['currentStatus', 'currentStatus', 'currentStatus', 'inserted'],
  ]);
});

test('ASSERT waits for topics and schemas, and tells what is not as it should be', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  await engine.execute(STREAM);
  expect(await engine.execute('ASSERT TOPIC `s` WITH (partitions=2) TIMEOUT 1 SECOND;')).toMatchObject(
    [{ kind: 'assert_topic', topicName: 'S', exists: true }].map((each) => ({ ...each, topicName: 's' })),
  );
  await expect(engine.execute('ASSERT TOPIC `s` WITH (partitions=3) TIMEOUT 1 MILLISECONDS;')).rejects.toThrow(
    'Mismatched configuration for topic s: For config partitions, expected 3 got 2',
  );
  await expect(engine.execute('ASSERT TOPIC `nope` TIMEOUT 1 MILLISECONDS;')).rejects.toThrow(/nope does not exist/);
  await expect(engine.execute('ASSERT NOT EXISTS TOPIC `s` TIMEOUT 1 MILLISECONDS;')).rejects.toThrow('Topic s exists');
  await expect(engine.execute('ASSERT SCHEMA SUBJECT x;')).rejects.toThrow(/needs a schema registry/);
});

test('DESCRIBE FUNCTION, SHOW … EXTENDED and what there is no part for', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  await engine.execute(`${STREAM} CREATE STREAM o AS SELECT id, v FROM s;`);
  const [described] = await engine.execute('DESCRIBE FUNCTION lpad;');
  expect(described).toMatchObject({
    kind: 'describe_function',
    name: 'LPAD',
    type: 'SCALAR',
    variations: expect.arrayContaining([expect.objectContaining({ returnType: 'STRING' })]),
  });
  const extended = await engine.execute('SHOW STREAMS EXTENDED; SHOW QUERIES EXTENDED; SHOW TOPICS EXTENDED;');
  expect(extended).toMatchObject([
    { kind: 'source_descriptions', sources: [{ name: 'S', partitions: 2 }, { name: 'O' }] },
    { kind: 'query_descriptions', queries: [{ id: 'CSAS_O_1', state: 'RUNNING' }] },
    {
      kind: 'kafka_topics',
      topics: expect.arrayContaining([expect.objectContaining({ name: 's', consumerGroupCount: expect.any(Number) })]),
    },
  ]);
  await expect(engine.execute('DESCRIBE FUNCTION nope;')).rejects.toThrow(/Can't find any functions/);
});
