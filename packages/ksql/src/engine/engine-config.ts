import type { Logger } from '@millrace/base';
import type { KsqlConfig } from '../lib/ksql-config.ts';

const KSQL_PREFIX = 'ksql.';
const STREAMS_PREFIX = 'ksql.streams.';

/**
 * What ksqlDB sets where nobody says otherwise: queries begin with what comes next, commit every two seconds, and tables
 * forward the last change of a key in that time, as far as a cache of ten million bytes holds them.
 */
export const CONFIG_DEFAULTS: KsqlConfig = {
  'auto.offset.reset': 'latest',
  'commit.interval.ms': '2000',
  'statestore.cache.max.bytes': '10000000',
};

/** Settings of streams may carry ksqlDB's prefix or not: here, one name for one thing. */
export function normaliseConfig(config: KsqlConfig): KsqlConfig {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [normaliseName(name), value]));
}

/** Older names of settings that people still have in their files. */
const RENAMED: Readonly<Record<string, string>> = { 'cache.max.bytes.buffering': 'statestore.cache.max.bytes' };

export function normaliseName(name: string): string {
  const bare = name.startsWith(STREAMS_PREFIX) ? name.slice(STREAMS_PREFIX.length) : name;
  return RENAMED[bare] ?? bare;
}

/** The settings of Kafka Streams that queries may have; identity and place are the engine's to say. */
const FOR_QUERIES: ReadonlySet<string> = new Set([
  'application.server',
  'auto.offset.reset',
  'buffered.records.per.partition',
  'commit.interval.ms',
  'heartbeat.interval.ms',
  'isolation.level',
  'max.task.idle.ms',
  'num.standby.replicas',
  'poll.ms',
  'processing.guarantee',
  'repartition.purge.interval.ms',
  'replication.factor',
  'session.timeout.ms',
  'state.cleanup.delay.ms',
  'statestore.cache.max.bytes',
  'transaction.timeout.ms',
]);

/** What of an engine's settings is for the streams runtime. Others of Kafka's settings have no effect, and it is said. */
export function streamsConfig(config: KsqlConfig, logger: Logger): Readonly<Record<string, string>> {
  const forStreams = Object.entries(config).filter(([name]) => !name.startsWith(KSQL_PREFIX));
  const unused = forStreams.filter(([name]) => !FOR_QUERIES.has(name)).map(([name]) => name);
  if (unused.length > 0) logger.debug('These settings have no effect on queries', { settings: unused });
  const used = forStreams.filter(([name]) => FOR_QUERIES.has(name));
  return Object.fromEntries(used.map(([name, value]) => [name, String(value)]));
}
