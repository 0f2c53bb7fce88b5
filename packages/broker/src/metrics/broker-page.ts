import type { Exposition, TimeHistogram } from '@millrace/base';
import type { Services } from '../apis/api.ts';
import type { TopicCounters } from '../counters/broker-counters.ts';

/** What connections and listeners tell about themselves. */
export type DoorGauges = {
  readonly listeners: readonly { readonly name: string; readonly connectionCount: number }[];
  readonly memory: { readonly requestBytes: number; readonly unsentBytes: number };
};

/**
 * What the broker did, under the names that the JMX exporter gives Kafka's beans (counters end in `_total`, the rest is lower
 * case), so that dashboards made for Kafka find it.
 */
export function writeBrokerPage(page: Exposition, services: Services, door: DoorGauges): void {
  writeTopics(page, services);
  writeRequests(page, services);
  writeConnections(page, services, door);
  const { syncs } = services.counters;
  const nowMs = services.clock.monotonicMs();
  const flushes = page.summary(
    'kafka_log_logflushstats_logflushrateandtimems',
    'Syncs of logs, and how long they took.',
  );
  flushes.addTimes(syncs, nowMs);
}

const TOPIC_COUNTERS: readonly (readonly [keyof TopicCounters, string, string])[] = [
  ['messagesIn', 'messagesin', 'Records that producers wrote.'],
  ['bytesIn', 'bytesin', 'Bytes of batches that producers wrote.'],
  ['bytesOut', 'bytesout', 'Bytes of batches that consumers read.'],
  ['produceRequests', 'totalproducerequests', 'Batches that producers sent.'],
  ['failedProduceRequests', 'failedproducerequests', 'Batches that were refused.'],
  ['fetchRequests', 'totalfetchrequests', 'Partitions that fetches asked for.'],
  ['failedFetchRequests', 'failedfetchrequests', 'Partitions that could not be read.'],
];

/** A sample for each topic, and one without a topic for the whole broker. */
function writeTopics(page: Exposition, { counters }: Services): void {
  for (const [key, name, help] of TOPIC_COUNTERS) {
    const family = page.counter(`kafka_server_brokertopicmetrics_${name}_total`, help);
    let total = counters.otherTopics[key];
    for (const [topic, counts] of counters.topics) {
      total += counts[key];
      family.add(counts[key], { topic });
    }
    family.add(total);
  }
}

function writeRequests(page: Exposition, { counters, clock }: Services): void {
  const nowMs = clock.monotonicMs();
  // Kafka tells fetches of consumers also apart from those of followers, of which there are none.
  const fetches = counters.requests.get('Fetch');
  const requests: [string, TimeHistogram][] = [...counters.requests];
  if (fetches !== undefined) requests.push(['FetchConsumer', fetches]);
  const counts = page.counter('kafka_network_requestmetrics_requests_total', 'Requests that were answered.');
  for (const [request, times] of requests) counts.add(times.count, { request });
  const totals = page.summary(
    'kafka_network_requestmetrics_totaltimems',
    'From the arrival of a request to its answer.',
  );
  for (const [request, times] of requests) totals.addTimes(times, nowMs, { request });
}

function writeConnections(page: Exposition, services: Services, { listeners, memory }: DoorGauges): void {
  const connections = page.gauge('kafka_server_socketservermetrics_connection_count', 'Connections that are open.');
  for (const { name, connectionCount } of listeners) connections.add(connectionCount, { listener: name });
  page
    .gauge('kafka_network_requestchannel_requestqueuesize_bytes', 'Bytes of requests that are in work.')
    .add(memory.requestBytes);
  page
    .gauge('kafka_network_requestchannel_responsequeuesize_bytes', 'Bytes of answers that clients have not taken yet.')
    .add(memory.unsentBytes);
  page
    .gauge('kafka_server_fetchsessioncache_numincrementalfetchsessions', 'Fetch sessions that are kept.')
    .add(services.fetchSessions.size);
}
