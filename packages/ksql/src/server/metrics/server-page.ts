import type { Clock, Exposition, Labels } from '@millrace/base';
import type { CommandRunnerStatus } from '../../engine/command-runner-status.ts';
import type { EngineFigures } from '../../engine/statistics/engine-figures.ts';
import type { QueryCounters, ServerCounters } from './server-counters.ts';

/** What the server answers, and how its engine follows the command topic. */
export function writeServerPage(
  page: Exposition,
  { serviceId, pullParts }: EngineFigures,
  { counters, runner, clock }: { counters: ServerCounters; runner: CommandRunnerStatus; clock: Clock },
): void {
  const labels = { ksql_service_id: serviceId };
  const nowMs = clock.monotonicMs();
  writeKind(page, 'ksql_pull_query_pull_query_requests', counters.pull, labels, nowMs);
  page
    .counter('ksql_pull_query_pull_query_requests_local_count', 'Parts of pull queries that were answered here.')
    .add(pullParts.local, labels);
  page
    .counter('ksql_pull_query_pull_query_requests_remote_count', 'Parts that other servers were asked for.')
    .add(pullParts.remote, labels);
  writeKind(page, 'ksql_push_query_push_query_requests', counters.push, labels, nowMs);
  const requests = page.counter('ksql_http_requests_total', 'Answers by route and class of status.');
  for (const [route, { byStatus }] of counters.routes) {
    for (const [status, count] of byStatus) requests.add(count, { ...labels, route, status });
  }
  const times = page.summary('ksql_http_request_time_ms', 'From a request to the end of its answer.');
  for (const [route, each] of counters.routes) times.addTimes(each.times, nowMs, { ...labels, route });
  const name = 'ksql_rest_app_command_runner';
  page.gauge(`${name}_status`, 'How the command topic is followed.').add(1, { ...labels, status: runner.status });
  page
    .gauge(`${name}_degraded_reason`, 'Why no statements are taken.')
    .add(1, { ...labels, degraded_reason: runner.degradedReason });
}

function writeKind(page: Exposition, name: string, counters: QueryCounters, labels: Labels, nowMs: number): void {
  page.counter(`${name}_total`, 'Queries that were asked.').add(counters.requests, labels);
  page.counter(`${name}_error_total`, 'Those that failed.').add(counters.errors, labels);
  page.counter(`${name}_rows_returned_total`, 'Rows that were sent.').add(counters.rows, labels);
  page.counter(`${name}_response_size`, 'Bytes that were sent.').add(counters.responseBytes, labels);
  page.summary(`${name}_latency`, 'Milliseconds to the end of the answer.').addTimes(counters.times, nowMs, labels);
}
