import type { KsqlConfig } from '../lib/ksql-config.ts';

const STREAMS_PREFIX = 'ksql.streams.';

/**
 * What ksqlDB sets where nobody says otherwise: queries begin with what comes next, and commit every two seconds.
 */
export const CONFIG_DEFAULTS: KsqlConfig = { 'auto.offset.reset': 'latest', 'commit.interval.ms': '2000' };

/** Settings of streams may carry ksqlDB's prefix or not: here, one name for one thing. */
export function normaliseConfig(config: KsqlConfig): KsqlConfig {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [normaliseName(name), value]));
}

export function normaliseName(name: string): string {
  return name.startsWith(STREAMS_PREFIX) ? name.slice(STREAMS_PREFIX.length) : name;
}
