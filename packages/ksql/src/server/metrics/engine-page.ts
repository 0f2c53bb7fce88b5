import type { Exposition } from '@millrace/base';
import type { EngineFigures } from '../../engine/statistics/engine-figures.ts';

const STREAMS_STATES = [
  ...['CREATED', 'REBALANCING', 'RUNNING', 'PENDING_SHUTDOWN', 'NOT_RUNNING', 'PENDING_ERROR', 'ERROR'],
] as const;

/** Names as Confluent's rules for the JMX exporter make them of ksqlDB's beans, so that dashboards find them. */
const ENGINE = 'ksql_ksql_engine_query_stats_';
const QUERIES = 'ksql_ksql_metrics_ksql_queries_';

/** The engine as a whole, and each of its queries. */
export function writeEnginePage(page: Exposition, figures: EngineFigures): void {
  writeTotals(page, figures);
  writeQueries(page, figures);
  writeTopics(page, figures);
}

function writeTotals(page: Exposition, { serviceId, throughput, queries, pushQueryCount }: EngineFigures): void {
  const labels = { ksql_cluster: serviceId };
  const gauge = (name: string, help: string, value: number): void => {
    page.gauge(ENGINE + name, help).add(value, labels);
  };
  const { consumedByQuery } = throughput;
  const consumedSum = consumedByQuery.reduce((sum, each) => sum + each, 0);
  gauge('liveness_indicator', '1: the server is there.', 1);
  gauge('num_active_queries', 'Queries that run here, push queries with them.', queries.length + pushQueryCount);
  gauge('num_persistent_queries', 'Queries that the command topic keeps.', queries.length);
  gauge('num_idle_queries', 'Queries that read nothing now.', consumedByQuery.filter((each) => each === 0).length);
  gauge('messages_consumed_per_sec', 'Records that all queries read in a second.', throughput.consumedPerSecond);
  gauge('messages_consumed_total', 'Records that the queries that run have read.', throughput.consumedTotal);
  gauge('bytes_consumed_total', 'Bytes of batches that they have read.', throughput.consumedBytesTotal);
  gauge('messages_produced_per_sec', 'Records that all queries write in a second.', throughput.producedPerSecond);
  gauge('messages_consumed_max', 'Records in a second of the query that reads most.', Math.max(0, ...consumedByQuery));
  gauge(
    'messages_consumed_min',
    'Records in a second of the query that reads least.',
    consumedByQuery.length === 0 ? 0 : Math.min(...consumedByQuery),
  );
  gauge('messages_consumed_avg', 'Records in a second of a query.', consumedSum / Math.max(consumedByQuery.length, 1));
  gauge('error_rate', 'Records in a second that could not be read.', throughput.failedPerSecond);
  for (const state of STREAMS_STATES) {
    const count = queries.filter(({ streamsState }) => (streamsState ?? 'ERROR') === state).length;
    gauge(`${state.toLowerCase()}_queries`, `Queries whose streams application is ${state}.`, count);
  }
}

function writeQueries(page: Exposition, { serviceId, queries }: EngineFigures): void {
  const states = page.gauge(`${QUERIES}query_status`, 'The state of the streams application of a query.');
  const labels = (id: string): Record<string, string> => ({ ksql_query: id, ksql_cluster: serviceId });
  for (const { id, streamsState } of queries) states.add(1, { ...labels(id), query_status: streamsState ?? 'ERROR' });
  const status = page.gauge(`${QUERIES}ksql_query_status`, 'The state of a query, as SHOW QUERIES tells it.');
  for (const { id, state } of queries) status.add(1, { ...labels(id), ksql_query_status: state });
  const errors = page.gauge(
    `${QUERIES}error_status`,
    'Whose fault the last failure of a query was, while it is in error.',
  );
  for (const { id, state, error } of queries) {
    errors.add(1, { ...labels(id), error_status: state === 'ERROR' && error !== null ? error : 'NO_ERROR' });
  }
  const restarts = page.counter(`${QUERIES}query_restart_total`, 'How often a query was started again.');
  for (const { id, restarts: count } of queries) restarts.add(count, labels(id));
}

/** What each query does with each topic, under the names that DESCRIBE EXTENDED has. */
function writeTopics(page: Exposition, { topics }: EngineFigures): void {
  const samples = topics.flatMap(({ applicationId, topic, stats }) =>
    stats.map(({ name, value }) => ({ name, value, labels: { key: topic, id: applicationId } })),
  );
  for (const [name, each] of Map.groupBy(samples, (sample) => sample.name)) {
    const side = name.startsWith('consumer') ? 'consumer' : 'producer';
    const family = page.gauge(`ksql_${side}_metrics_${metricName(name)}`, 'Of a query and a topic.');
    for (const { value, labels } of each) family.add(value, labels);
  }
}

/** A name of Kafka's as one of Prometheus'. */
export function metricName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
}
