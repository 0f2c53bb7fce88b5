import { expect, test } from 'vitest';
import { eventually, Service } from '../../engine/test-support/service.ts';
import { KsqlServer } from '../ksql-server.ts';

const post = (server: KsqlServer, path: string, body: object) =>
  fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body) });

/** Samples by name and labels. */
async function page(server: KsqlServer): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

const ENGINE = (name: string): string => `ksql_ksql_engine_query_stats_${name}{ksql_cluster="test_"}`;
const SERVICE = '{ksql_service_id="test_"}';

test('the page has what ksqlDB tells by JMX, and what the streams applications count', async () => {
  await using service = await Service.start('in process');
  await using server = await KsqlServer.start({ engine: await service.engine(), port: 0 });
  await server.engine.execute(`
    CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
    CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;
    INSERT INTO s (id, v) VALUES ('a', 1); INSERT INTO s (id, v) VALUES ('b', 2);`);
  await eventually(
    async () => (await (await post(server, '/query', { ksql: 'SELECT * FROM t;' })).text()).split('\n').length,
    (lines) => lines === 4,
  );
  await post(server, '/query', { ksql: 'SELECT * FROM nope;' });
  const samples = await eventually(
    () => page(server),
    (all) => all.get(ENGINE('messages_consumed_total')) === 2,
  );
  expect(samples.get(ENGINE('liveness_indicator'))).toBe(1);
  expect(samples.get(ENGINE('num_persistent_queries'))).toBe(1);
  expect(samples.get(ENGINE('running_queries'))).toBe(1);
  expect(samples.get(ENGINE('error_rate'))).toBe(0);
  const query = 'ksql_query="CTAS_T_1",ksql_cluster="test_"';
  expect(samples.get(`ksql_ksql_metrics_ksql_queries_query_status{${query},query_status="RUNNING"}`)).toBe(1);
  expect(samples.get(`ksql_ksql_metrics_ksql_queries_error_status{${query},error_status="NO_ERROR"}`)).toBe(1);
  const ofTopic = '{key="s",id="_confluent-ksql-test_query_CTAS_T_1"}';
  expect(samples.get(`ksql_consumer_metrics_consumer_total_messages${ofTopic}`)).toBe(2);
  const thread = 'thread_id="_confluent-ksql-test_query_CTAS_T_1-StreamThread-1"';
  expect(samples.get(`kafka_streams_stream_task_metrics_process_total{${thread},task_id="0_0"}`)).toBe(2);
  expect(samples.get('millrace_ksql_streams_series_left_out')).toBe(0);
  expect(samples.get(`ksql_pull_query_pull_query_requests_error_total${SERVICE}`)).toBe(1);
  expect(samples.get(`ksql_pull_query_pull_query_requests_rows_returned_total${SERVICE}`)).toBeGreaterThanOrEqual(2);
  expect(samples.get(`ksql_pull_query_pull_query_requests_latency_count${SERVICE}`)).toBeGreaterThanOrEqual(1);
  expect(samples.get('ksql_http_requests_total{ksql_service_id="test_",route="POST /query",status="4XX"}')).toBe(1);
  expect(samples.get('ksql_rest_app_command_runner_status{ksql_service_id="test_",status="RUNNING"}')).toBe(1);
});
