import { CLOSE_AFTER_IDLE_MS, type KsqlConfig } from '../../lib/ksql-config.ts';
import { SECRET } from '../command.ts';
import type { PropertyInfo } from '../results.ts';
import { KSQL_PROPERTIES } from './ksql-properties.ts';

/** What may be said of one query (ksqlDB's PropertiesList). */
const OF_QUERIES: ReadonlySet<string> = new Set([
  ...['auto.offset.reset', 'buffered.records.per.partition', 'cache.max.bytes.buffering', 'max.task.idle.ms'],
  ...['statestore.cache.max.bytes', 'task.timeout.ms', 'ksql.fail.on.deserialization.error'],
  ...['ksql.cast.strings.preserve.nulls', 'ksql.nested.error.set.null', 'ksql.query.retry.backoff.max.ms'],
  ...['ksql.query.pull.max.allowed.offset.lag', 'ksql.query.pull.table.scan.enabled'],
  ...['ksql.timestamp.throw.on.invalid', CLOSE_AFTER_IDLE_MS],
]);

/** What of a server's settings ksqlDB lets its owner change while it runs. */
const OF_SERVERS: ReadonlySet<string> = new Set([
  ...['max.poll.records', 'max.poll.interval.ms', 'session.timeout.ms', 'heartbeat.interval.ms', 'fetch.min.bytes'],
  ...['fetch.max.bytes', 'fetch.max.wait.ms', 'metadata.max.age.ms', 'max.partition.fetch.bytes', 'batch.size'],
  ...['linger.ms', 'delivery.timeout.ms', 'max.request.size', 'max.block.ms', 'buffer.memory', 'compression.type'],
  ...['acceptable.recovery.lag', 'commit.interval.ms', 'max.warmup.replicas', 'num.standby.replicas', 'poll.ms'],
  ...['probing.rebalance.interval.ms', 'processing.guarantee', 'window.size.ms'],
]);

const HIDDEN = '[hidden]';

/** SHOW PROPERTIES: all settings of the engine, those that nobody set too, with what the session has on top of them. */
export function propertiesOf(config: KsqlConfig, overrides: KsqlConfig): readonly PropertyInfo[] {
  const defaults = Object.entries(KSQL_PROPERTIES).map(([name, definition]) => [name, definition.default] as const);
  const merged: Readonly<Record<string, KsqlConfig[string] | null>> = {
    ...Object.fromEntries(defaults),
    ...config,
    ...overrides,
  };
  const all = Object.entries(merged).map(([name, value]): PropertyInfo => {
    const isOfQueries = OF_QUERIES.has(name);
    return {
      name: listedName(name),
      value: value === null ? null : SECRET.test(name) ? HIDDEN : String(value),
      overwritten: Object.hasOwn(overrides, name),
      isDefault: KSQL_PROPERTIES[name] !== undefined && String(KSQL_PROPERTIES[name].default) === String(value),
      level: isOfQueries ? 'QUERY' : 'SERVER',
      editable: isOfQueries || OF_SERVERS.has(name),
    };
  });
  return all.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function listedName(name: string): string {
  return /^(ksql|millrace)\./.test(name) ? name : `ksql.streams.${name}`;
}
