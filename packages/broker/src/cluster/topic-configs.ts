import { COMPRESSION_TYPES, type CompressionType } from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import type { LogConfig } from '../log/log-config.ts';
import type { BrokerConfig } from './broker-config.ts';
import { type ConfigDefinition, checkConfigValue, splitList } from './config-definition.ts';

const LONG_MAX_TEXT = '9223372036854775807';
const CODECS = ['uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'];

/** A config of topics: name, type, default, and the rest as options. */
function topic(
  name: string,
  type: ConfigDefinition['type'],
  defaultValue: string | null,
  documentation: string,
  more: Partial<ConfigDefinition> = {},
): ConfigDefinition {
  return { name, type, default: defaultValue, documentation, ...more };
}

/** The configs of a topic under Kafka's names, with Kafka's defaults and bounds (class `TopicConfig`). */
export const TOPIC_CONFIGS: readonly ConfigDefinition[] = [
  topic('cleanup.policy', 'list', 'delete', 'What happens to old records: delete, compact, or both.', {
    values: ['compact', 'delete'],
    brokerNames: ['log.cleanup.policy'],
  }),
  topic(
    'compression.type',
    'string',
    'producer',
    'The codec that batches are stored in; producer keeps them as sent.',
    {
      values: CODECS,
      brokerNames: ['compression.type'],
    },
  ),
  topic('compression.gzip.level', 'int', '-1', 'The level of gzip when the broker compresses.'),
  topic('compression.lz4.level', 'int', '9', 'The level of lz4 when the broker compresses.', { min: 1, max: 17 }),
  topic('compression.zstd.level', 'int', '3', 'The level of zstd when the broker compresses.', {
    min: -131_072,
    max: 22,
  }),
  topic('delete.retention.ms', 'long', '86400000', 'How long a compacted topic keeps tombstones.', {
    min: 0,
    brokerNames: ['log.cleaner.delete.retention.ms'],
  }),
  topic(
    'file.delete.delay.ms',
    'long',
    '60000',
    'No effect: files that leave the log are removed at once, readers hold none.',
    {
      min: 0,
      brokerNames: ['log.segment.delete.delay.ms'],
    },
  ),
  topic('flush.messages', 'long', LONG_MAX_TEXT, 'How many records may be unsynced.', {
    min: 1,
    brokerNames: ['log.flush.interval.messages'],
  }),
  topic('flush.ms', 'long', LONG_MAX_TEXT, 'How long records may be unsynced.', {
    min: 0,
    brokerNames: ['log.flush.interval.ms'],
  }),
  topic('follower.replication.throttled.replicas', 'list', '', 'No meaning on one node.'),
  topic('leader.replication.throttled.replicas', 'list', '', 'No meaning on one node.'),
  topic('index.interval.bytes', 'int', '4096', 'Bytes of log between two entries of the offset index.', {
    min: 0,
    brokerNames: ['log.index.interval.bytes'],
  }),
  topic('local.retention.bytes', 'long', '-2', 'No meaning without remote storage.', { min: -2 }),
  topic('local.retention.ms', 'long', '-2', 'No meaning without remote storage.', { min: -2 }),
  topic('max.compaction.lag.ms', 'long', LONG_MAX_TEXT, 'How long a record may stay uncompacted.', {
    min: 1,
    brokerNames: ['log.cleaner.max.compaction.lag.ms'],
  }),
  topic('max.message.bytes', 'int', '1048588', 'The largest record batch that is taken.', {
    min: 0,
    brokerNames: ['message.max.bytes'],
  }),
  topic('message.timestamp.after.max.ms', 'long', '3600000', 'How far a timestamp may lie ahead of the broker.', {
    min: 0,
    brokerNames: ['log.message.timestamp.after.max.ms'],
  }),
  topic('message.timestamp.before.max.ms', 'long', LONG_MAX_TEXT, 'How far a timestamp may lie behind the broker.', {
    min: 0,
    brokerNames: ['log.message.timestamp.before.max.ms'],
  }),
  topic('message.timestamp.type', 'string', 'CreateTime', 'Whose time a record carries.', {
    values: ['CreateTime', 'LogAppendTime'],
    brokerNames: ['log.message.timestamp.type'],
  }),
  topic('min.cleanable.dirty.ratio', 'double', '0.5', 'The share of uncompacted log that starts compaction.', {
    min: 0,
    max: 1,
    brokerNames: ['log.cleaner.min.cleanable.ratio'],
  }),
  topic('min.compaction.lag.ms', 'long', '0', 'How long a record stays uncompacted at least.', {
    min: 0,
    brokerNames: ['log.cleaner.min.compaction.lag.ms'],
  }),
  topic('min.insync.replicas', 'int', '1', 'Replicas that must have a record; a single node has one.', {
    min: 1,
    brokerNames: ['min.insync.replicas'],
  }),
  topic('preallocate', 'boolean', 'false', 'No meaning here: files grow as they are written.', {
    brokerNames: ['log.preallocate'],
  }),
  topic('remote.storage.enable', 'boolean', 'false', 'There is no remote storage.'),
  topic('remote.log.copy.disable', 'boolean', 'false', 'There is no remote storage.'),
  topic('remote.log.delete.on.disable', 'boolean', 'false', 'There is no remote storage.'),
  topic('retention.bytes', 'long', '-1', 'The size from which old segments of a partition go; −1 for none.', {
    brokerNames: ['log.retention.bytes'],
  }),
  topic('retention.ms', 'long', '604800000', 'The age from which segments go; −1 for none.', {
    min: -1,
    brokerNames: ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'],
  }),
  topic('segment.bytes', 'int', '1073741824', 'The size at which a segment is closed.', {
    min: 14,
    brokerNames: ['log.segment.bytes'],
  }),
  topic('segment.index.bytes', 'int', '10485760', 'No meaning here: indexes take what they need.', {
    min: 4,
    brokerNames: ['log.index.size.max.bytes'],
  }),
  topic('segment.jitter.ms', 'long', '0', 'Spread of segment ends.', {
    min: 0,
    brokerNames: ['log.roll.jitter.ms', 'log.roll.jitter.hours'],
  }),
  topic('segment.ms', 'long', '604800000', 'The time after which a segment is closed.', {
    min: 1,
    brokerNames: ['log.roll.ms', 'log.roll.hours'],
  }),
  topic('unclean.leader.election.enable', 'boolean', 'false', 'No meaning on one node.', {
    brokerNames: ['unclean.leader.election.enable'],
  }),
];

const BY_NAME: ReadonlyMap<string, ConfigDefinition> = new Map(TOPIC_CONFIGS.map((config) => [config.name, config]));

const UNIT_MS: Readonly<Record<string, number>> = { minutes: 60_000, hours: 3_600_000 };

/** The definition of a topic config. @throws BrokerError `INVALID_CONFIG` for a name that Kafka does not know. */
export function topicConfig(name: string): ConfigDefinition {
  const definition = BY_NAME.get(name);
  if (definition === undefined) throw new BrokerError('INVALID_CONFIG', `Unknown topic config name: ${name}`);
  return definition;
}

export type TopicConfigs = Readonly<Record<string, string>>;

/** @throws BrokerError `INVALID_CONFIG` for an unknown name, a value of the wrong type, or values that contradict. */
export function checkTopicConfigs(configs: Readonly<Record<string, string | null>>): TopicConfigs {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(configs)) {
    const definition = topicConfig(name);
    if (value === null) {
      throw new BrokerError('INVALID_CONFIG', `Null value not supported for topic configs: ${name}`);
    }
    checkConfigValue(definition, value);
    checked[name] = value.trim();
  }
  const number = (name: string): number => Number(checked[name] ?? topicConfig(name).default);
  if (number('max.compaction.lag.ms') < number('min.compaction.lag.ms')) {
    const least = number('min.compaction.lag.ms');
    const most = number('max.compaction.lag.ms');
    throw new BrokerError(
      'INVALID_CONFIG',
      `conflict topic config setting min.compaction.lag.ms (${least}) > max.compaction.lag.ms (${most})`,
    );
  }
  return checked;
}

export type EffectiveConfig = {
  readonly value: string | null;
  readonly source: 'topic' | 'group' | 'client-metrics' | 'dynamic-broker' | 'static-broker' | 'default';
  /** The broker config that gave the value, if one did. */
  readonly brokerName: string | null;
};

/** The value that a topic goes by, and where it comes from. */
export function effectiveTopicConfig(
  definition: ConfigDefinition,
  configs: TopicConfigs,
  broker: BrokerConfig,
): EffectiveConfig {
  const own = configs[definition.name];
  if (own !== undefined) return { value: own, source: 'topic', brokerName: null };
  for (const brokerName of definition.brokerNames ?? []) {
    const given = broker.given(brokerName);
    if (given === null) continue;
    const unitMs = UNIT_MS[brokerName.slice(brokerName.lastIndexOf('.') + 1)] ?? 1;
    const value = unitMs === 1 || Number(given.value) < 0 ? given.value : String(Number(given.value) * unitMs);
    return { value, source: given.isDynamic ? 'dynamic-broker' : 'static-broker', brokerName };
  }
  return { value: definition.default, source: 'default', brokerName: null };
}

function compressionOf(name: string): CompressionType | null {
  return name === 'uncompressed' ? 'none' : (COMPRESSION_TYPES.find((type) => type === name) ?? null);
}

/** What the log of a topic goes by. */
export function resolveLogConfig(configs: TopicConfigs, broker: BrokerConfig): LogConfig {
  const text = (name: string): string => effectiveTopicConfig(topicConfig(name), configs, broker).value ?? '';
  const number = (name: string): number => Number(text(name));
  const policies = splitList(text('cleanup.policy'));
  return {
    segmentBytes: number('segment.bytes'),
    segmentMs: number('segment.ms'),
    segmentJitterMs: number('segment.jitter.ms'),
    indexIntervalBytes: number('index.interval.bytes'),
    flushMessages: number('flush.messages'),
    flushMs: number('flush.ms'),
    retentionMs: number('retention.ms'),
    retentionBytes: number('retention.bytes'),
    maxMessageBytes: number('max.message.bytes'),
    timestampType: text('message.timestamp.type') === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
    timestampBeforeMaxMs: number('message.timestamp.before.max.ms'),
    timestampAfterMaxMs: number('message.timestamp.after.max.ms'),
    compression: compressionOf(text('compression.type')),
    isCompacted: policies.includes('compact'),
    dirtyRatioMin: number('min.cleanable.dirty.ratio'),
    compactionLagMinMs: number('min.compaction.lag.ms'),
    compactionLagMaxMs: number('max.compaction.lag.ms'),
    deleteRetentionMs: number('delete.retention.ms'),
    isDeleted: policies.includes('delete'),
  };
}
