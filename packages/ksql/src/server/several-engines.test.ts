import { expect, test } from 'vitest';
import { eventually, Service } from '../engine/test-support/service.ts';
import { query, serverOf, statement } from './test-support/servers.ts';

type Members = Record<
  string,
  {
    readonly activeStandbyPerQuery: Record<string, { readonly standByPartitions: { readonly partition: number }[] }>;
    readonly hostStoreLags: { readonly stateStoreLags: object };
  }
>;

const copiesAt = ({ activeStandbyPerQuery }: Members[string]): number[] =>
  Object.values(activeStandbyPerQuery).flatMap(({ standByPartitions }) =>
    standByPartitions.map(({ partition }) => partition),
  );

const IDS = Array.from({ length: 12 }, (_, index) => `id-${index}`);

test('whichever engine of a service is asked, it answers for all of them', async () => {
  await using service = await Service.start('TCP');
  await using one = await serverOf(service, 'one');
  const inserts = IDS.map(
    (id, index) => `INSERT INTO s (rowtime, id, v, d) VALUES (${index}, '${id}', ${index}, 1.50);`,
  );
  await one.engine.execute(`CREATE STREAM s (id STRING KEY, v BIGINT, d DECIMAL(4, 2))
      WITH (kafka_topic='s', value_format='JSON', partitions=4);
    CREATE TABLE t AS SELECT id, SUM(v) AS v, LATEST_BY_OFFSET(d) AS d FROM s GROUP BY id;
    CREATE TABLE w AS SELECT id, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY id;
    ${inserts.join('\n')}`);
  await using two = await serverOf(service, 'two');
  // Until the work is shared, an engine says that it is being moved or answers alone.
  const hosts = async (): Promise<string> => (await fetch(`${two.url}/clusterStatus`)).text();
  await eventually(hosts, (text) => text.includes(new URL(one.url).host) && text.includes(new URL(two.url).host));
  for (const server of [one, two]) {
    const all = await eventually(
      () => query(server, 'SELECT id, v, d FROM t;'),
      ({ rows }) => rows.length === 12,
    );
    expect(all.rows.toSorted()).toEqual(IDS.map((id, index) => [id, index, 1.5]).toSorted());
    for (const [index, id] of IDS.entries()) {
      expect((await query(server, `SELECT id, v FROM t WHERE id = '${id}';`)).rows).toEqual([[id, index]]);
    }
    const some = await query(server, `SELECT id FROM t WHERE id IN (${IDS.map((id) => `'${id}'`).join(', ')});`);
    expect(some.rows.flat().toSorted()).toEqual(IDS.toSorted());
    expect((await query(server, 'SELECT * FROM t LIMIT 5;')).rows).toHaveLength(5);
    const windows = await query(server, "SELECT id, WINDOWSTART, n FROM w WHERE WINDOWSTART = '1970-01-01';");
    expect(windows.rows.toSorted()).toEqual(IDS.map((id) => [id, 0, 1]).toSorted());
  }
});

test('queries are listed with what all engines say of them', async () => {
  await using service = await Service.start('TCP');
  await using one = await serverOf(service, 'one');
  await one.engine.execute(`CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=4);
    CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;`);
  const two = await serverOf(service, 'two');
  const hosts = [one, two].map(({ url }) => new URL(url).host);
  const listed = async () => (await statement(one, 'SHOW QUERIES;')).queries[0];
  const shared = await eventually(listed, ({ statusCount }) => statusCount.RUNNING === 2);
  expect(shared).toMatchObject({ state: 'RUNNING', statusCount: { RUNNING: 2 } });
  const told = async () => (await statement(two, 'EXPLAIN CTAS_T_1;')).queryDescription.ksqlHostQueryStatus;
  const states = await eventually(told, (each) => Object.keys(each).length === 2);
  expect(states).toEqual(Object.fromEntries(hosts.map((host) => [host, 'RUNNING'])));

  await one.engine.execute('PAUSE CTAS_T_1;');
  await eventually(listed, ({ statusCount }) => statusCount.PAUSED === 2);
  await two.close();
  expect(await listed()).toMatchObject({ state: 'PAUSED', statusCount: { PAUSED: 1, UNRESPONSIVE: 1 } });
  const { queryDescriptions } = await statement(one, 'SHOW QUERIES EXTENDED;');
  expect(queryDescriptions[0].ksqlHostQueryStatus).toEqual({ [hosts[0]!]: 'PAUSED', [hosts[1]!]: 'UNRESPONSIVE' });
  await two.engine.close();
});

test('when an engine goes, the others take its part', async () => {
  await using service = await Service.start('TCP');
  await using one = await serverOf(service, 'one');
  const two = await serverOf(service, 'two');
  await one.engine.execute(`CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=4);
    CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;
    ${IDS.map((id) => `INSERT INTO s (id, v) VALUES ('${id}', 1);`).join('\n')}`);
  await eventually(
    () => query(one, 'SELECT * FROM t;'),
    ({ rows }) => rows.length === 12,
  );
  await two.close();
  await two.engine.close();
  const patiently = () => query(one, 'SELECT * FROM t;').catch(() => ({ rows: [] }));
  expect((await eventually(patiently, ({ rows }) => rows.length === 12)).rows).toHaveLength(12);
});

test('where an engine does not answer, those that have copies do, if they may', async () => {
  await using service = await Service.start('TCP');
  const settings = { 'num.standby.replicas': '1' };
  await using one = await serverOf(service, 'one', settings);
  await using two = await serverOf(service, 'two', settings);
  const three = await serverOf(service, 'three', settings);
  await one.engine.execute(`CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=4);
    CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;
    ${IDS.map((id) => `INSERT INTO s (id, v) VALUES ('${id}', 1);`).join('\n')}`);
  const members = async () => {
    const { clusterStatus } = (await (await fetch(`${one.url}/clusterStatus`)).json()) as { clusterStatus: Members };
    return Object.values(clusterStatus);
  };
  // Each holds something, and each partition has a copy somewhere.
  const told = await eventually(
    members,
    (each) => each.length === 3 && each.flatMap((member) => copiesAt(member)).length === 4,
  );
  expect(told.flatMap(copiesAt).toSorted()).toEqual([0, 1, 2, 3]);
  const lags = told.map(({ hostStoreLags }) => Object.values(hostStoreLags.stateStoreLags));
  expect(lags.flat()).toMatchObject([{ lagByPartition: expect.anything() }]);
  for (const server of [one, two]) {
    await eventually(
      () => query(server, 'SELECT * FROM t;').catch(() => ({ rows: [] })),
      ({ rows }) => rows.length === 12,
    );
  }
  // Its queries go on: what is lost is the way to it, as where a machine hangs and the group has not noticed.
  await three.close();
  const all = IDS.map((id) => [id, 1]).toSorted();
  const may = { 'ksql.query.pull.enable.standby.reads': true };
  for (const server of [one, two]) {
    await expect(query(server, 'SELECT * FROM t;')).rejects.toThrow('does not answer');
    const patiently = () => query(server, 'SELECT * FROM t;', may).catch(() => ({ rows: [] }));
    expect((await eventually(patiently, ({ rows }) => rows.length === 12)).rows.toSorted()).toEqual(all);
    for (const id of IDS)
      expect((await query(server, `SELECT * FROM t WHERE id = '${id}';`, may)).rows).toEqual([[id, 1]]);
  }
  await three.engine.close();
});
