import { expect, test } from 'vitest';
import { eventually, Service } from '../engine/test-support/service.ts';
import type { KsqlServer } from './ksql-server.ts';
import { query, serverOf } from './test-support/servers.ts';

const IDS = Array.from({ length: 12 }, (_, index) => `id-${index}`);
const WATCHED = {
  'num.standby.replicas': '1',
  'ksql.heartbeat.enable': 'true',
  'ksql.heartbeat.send.interval.ms': '200',
  'ksql.heartbeat.window.ms': '5000',
  'ksql.heartbeat.missed.threshold.ms': '20',
  'ksql.lag.reporting.enable': 'true',
  'ksql.lag.reporting.send.interval.ms': '50',
};

type Status = {
  readonly hostAlive: boolean;
  readonly lastStatusUpdateMs: number;
  readonly hostStoreLags: { readonly stateStoreLags: object; readonly updateTimeMs: number };
};

async function statusOf(server: KsqlServer): Promise<Readonly<Record<string, Status>>> {
  return ((await (await fetch(`${server.url}/clusterStatus`)).json()) as { clusterStatus: Record<string, Status> })
    .clusterStatus;
}

const post = (server: KsqlServer, path: string, body: object) =>
  fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body) });

test('who does not beat is not asked: its copies are, where they may and are fresh enough', async () => {
  await using service = await Service.start('TCP');
  await using one = await serverOf(service, 'one', WATCHED);
  await using two = await serverOf(service, 'two', WATCHED);
  // It answers, and says nothing by itself.
  await using silent = await serverOf(service, 'silent', { 'num.standby.replicas': '1' });
  await one.engine.execute(`CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=4);
    CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;
    ${IDS.map((id) => `INSERT INTO s (id, v) VALUES ('${id}', 1);`).join('\n')}`);
  const [first, second, third] = [one, two, silent].map(({ url }) => new URL(url).host);
  const statuses = await eventually(
    () => statusOf(one),
    (told) => told[third!]?.hostAlive === false && told[second!]?.hostStoreLags.updateTimeMs !== 0,
  );
  expect(statuses).toMatchObject({ [first!]: { hostAlive: true }, [second!]: { hostAlive: true } });
  expect(Object.keys(statuses[second!]!.hostStoreLags.stateStoreLags)).toEqual([
    '_confluent-ksql-test_query_CTAS_T_1#Aggregate-Aggregate-Materialize',
  ]);
  expect(statuses[third!]!.hostStoreLags).toEqual({ stateStoreLags: {}, updateTimeMs: 0 });

  const refused = await eventually(
    () =>
      query(one, 'SELECT * FROM t;').then(
        () => '',
        (error: Error) => error.message,
      ),
    (message) => message.includes('failed to find valid host'),
  );
  expect(refused).toContain(`${third} was not selected because Host is not alive as of `);
  const may = { 'ksql.query.pull.enable.standby.reads': true };
  const patiently = () => query(one, 'SELECT * FROM t;', may).catch(() => ({ rows: [] }));
  const all = IDS.map((id) => [id, 1]).toSorted();
  expect((await eventually(patiently, ({ rows }) => rows.length === 12)).rows.toSorted()).toEqual(all);
  await two.engine.close();
  await silent.engine.close();
});

test('reports of lags are taken from servers, and refused where nobody listens for them', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service, 'one', WATCHED);
  const lag = { currentOffsetPosition: 5, endOffsetPosition: 9, offsetLag: 4 };
  const hostStoreLags = { stateStoreLags: { 'app#store': { lagByPartition: { 0: lag }, size: 1 } }, updateTimeMs: 7 };
  const beat = { hostInfo: 'other:8088', timestamp: 1 };
  expect(await (await post(server, '/heartbeat', beat)).json()).toEqual({ isOk: true });
  expect(await (await post(server, '/lag', { ksqlHost: 'other:8088', hostStoreLags })).json()).toEqual({ isOk: true });
  expect((await statusOf(server))['other:8088']).toMatchObject({
    hostAlive: true,
    activeStandbyPerQuery: {},
    hostStoreLags,
  });
  expect((await post(server, '/lag', { ksqlHost: 'other:8088' })).status).toBe(400);
  await using deaf = await serverOf(service, 'two');
  expect((await post(deaf, '/heartbeat', beat)).status).toBe(404);
  expect((await post(deaf, '/lag', { ksqlHost: 'other:8088', hostStoreLags })).status).toBe(404);
});
