import { isBrokerConfigName } from './broker-config.ts';

/**
 * Configs of Kafka's broker that mean nothing to this one: other brokers and controllers, thread pools, Java, tiered storage.
 * A file that was written for Kafka may hold them.
 */
const PREFIXES: readonly string[] = [
  'add.partitions.to.txn.',
  'alter.log.dirs.replication.',
  'auto.leader.rebalance.',
  'broker.heartbeat.',
  'broker.session.',
  'compression.',
  'config.providers',
  'controlled.shutdown.',
  'controller.quorum.',
  'controller.socket.',
  'delegation.token.',
  'group.coordinator.',
  'group.streams.',
  'kafka.metrics.',
  'leader.imbalance.',
  'log.cleaner.io.',
  'log.local.',
  'metadata.',
  'metrics.',
  'num.',
  'remote.',
  'replica.',
  'replication.quota.',
  'sasl.client.',
  'sasl.kerberos.',
  'sasl.login.',
  'sasl.mechanism.',
  'sasl.oauthbearer.',
  'sasl.server.callback.',
  'share.',
  'socket.',
  'ssl.',
  'transaction.',
  'zookeeper.',
];

const NAMES: ReadonlySet<string> = new Set([
  'alter.config.policy.class.name',
  'background.threads',
  'broker.id.generation.enable',
  'client.quota.callback.class',
  'cordoned.log.dirs',
  'create.topic.policy.class.name',
  'delete.records.purgatory.purge.interval.requests',
  'fetch.purgatory.purge.interval.requests',
  'follower.fetch.last.tiered.offset.enable',
  'initial.broker.registration.timeout.ms',
  'inter.broker.protocol.version',
  'log.dir.failure.timeout.ms',
  'log.flush.scheduler.interval.ms',
  'log.flush.start.offset.checkpoint.interval.ms',
  'log.message.format.version',
  'max.request.partition.size.limit',
  'metric.reporters',
  'offsets.commit.required.acks',
  'offsets.commit.timeout.ms',
  'offsets.load.buffer.size',
  'offsets.topic.compression.codec',
  'principal.builder.class',
  'producer.purgatory.purge.interval.requests',
  'queued.max.requests',
  'request.timeout.ms',
  'reserved.broker.max.id',
  'security.providers',
  'telemetry.max.bytes',
]);

/**
 * Names that were given and do nothing: `ignored` where Kafka has such a config, `unknown` where nobody has, so that the
 * name may be misspelt.
 */
export function uselessConfigs(names: Iterable<string>): {
  readonly ignored: readonly string[];
  readonly unknown: readonly string[];
} {
  const useless = [...names].filter((name) => !isBrokerConfigName(name));
  return {
    ignored: useless.filter(isKafkas).sort(),
    unknown: useless.filter((name) => !isKafkas(name)).sort(),
  };
}

/** Whether Kafka has a config that means nothing here: it may be set, and is kept. */
export function isIgnoredConfig(name: string): boolean {
  return !isBrokerConfigName(name) && isKafkas(name);
}

function isKafkas(name: string): boolean {
  return NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix));
}
