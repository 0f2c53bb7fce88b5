import { expect, test } from 'vitest';
import { eventually, Service } from '../engine/test-support/service.ts';
import { serverOf, statement } from './test-support/servers.ts';

const S = `CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=2);
  CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;`;

test('DESCRIBE EXTENDED tells what the queries do with the topic, and which records they could not read', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service, 'one');
  await server.engine.execute(`${S} INSERT INTO s (id, v) VALUES ('a', 1); INSERT INTO s (id, v) VALUES ('b', 2);`);
  await service.produce('s', [{ key: 'c', value: 'no object', timestamp: 5 }]);
  const described = async (name: string) => (await statement(server, `DESCRIBE ${name} EXTENDED;`)).sourceDescription;
  const source = await eventually(
    () => described('s'),
    ({ errorStats, statistics }) => errorStats !== '' && /consumer-total-messages: {9}3 /.test(statistics),
  );
  expect(source.statistics).toMatch(
    /^consumer-messages-per-sec: {6}0\.03 consumer-total-messages: {9}3 consumer-total-bytes:/,
  );
  expect(source.statistics).toMatch(/ {4}last-message: \d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(source.errorStats).toMatch(
    /^consumer-failed-messages: {9}1 consumer-failed-messages-per-sec: .* last-failed: 2/,
  );
  const host = new URL(server.url).host;
  expect(source.clusterStatistics[1]).toEqual({
    name: 'consumer-total-messages',
    host,
    value: 3,
    timestamp: expect.any(Number),
  });
  expect(source.clusterErrorStats[0]).toMatchObject({ name: 'consumer-failed-messages', host, value: 1 });
  const sink = await eventually(
    () => described('t'),
    ({ statistics }) => statistics !== '',
  );
  expect(sink.statistics).toMatch(/^messages-per-sec: .* total-messages: {9}2 /);
  expect(sink.queryOffsetSummaries[0].groupId).toBe('_confluent-ksql-test_query_CTAS_T_1');
  const plain = (await statement(server, 'DESCRIBE s;')).sourceDescription;
  expect(plain).toMatchObject({ statistics: '', errorStats: '', clusterStatistics: [], clusterErrorStats: [] });
});

test('figures of a topic come from all engines, and so do the tasks of a query', async () => {
  await using service = await Service.start('TCP');
  await using one = await serverOf(service, 'one');
  await one.engine.execute(S);
  await using two = await serverOf(service, 'two');
  const hosts = [one, two].map(({ url }) => new URL(url).host).toSorted();
  const ids = Array.from({ length: 20 }, (_, index) => `INSERT INTO s (id, v) VALUES ('${index}', 1);`);
  const tasks = async () => (await statement(two, 'EXPLAIN CTAS_T_1;')).queryDescription.tasksMetadata;
  await eventually(tasks, (told) => told.length === 2);
  const told = async () => (await statement(one, 'SHOW QUERIES;')).queries[0].statusCount.RUNNING;
  await eventually(told, (count) => count === 2);
  await one.engine.execute(ids.join('\n'));
  const done = await eventually(tasks, (all) =>
    all.every(({ topicOffsets: [offset] }: { topicOffsets: { endOffset: number; committedOffset: number }[] }) => {
      return offset!.endOffset > 0 && offset!.committedOffset === offset!.endOffset;
    }),
  );
  expect(done.map(({ taskId }: { taskId: string }) => taskId).toSorted()).toEqual(['0_0', '0_1']);
  expect(done[0]).toMatchObject({
    timeCurrentIdlingStarted: null,
    topicOffsets: [{ topicPartitionEntity: { topic: 's' } }],
  });
  const { clusterStatistics } = (await statement(two, 'DESCRIBE s EXTENDED;')).sourceDescription;
  const totals = clusterStatistics.filter(({ name }: { name: string }) => name === 'consumer-total-messages');
  expect(totals.map(({ host }: { host: string }) => host).toSorted()).toEqual(hosts);
  expect(totals.reduce((sum: number, { value }: { value: number }) => sum + value, 0)).toBe(20);
  await two.engine.close();
});
