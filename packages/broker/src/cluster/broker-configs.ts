import type { ConfigDefinition } from './config-definition.ts';
import { SECURITY_CONFIGS } from './security-configs.ts';

function broker(
  name: string,
  type: ConfigDefinition['type'],
  defaultValue: string | null,
  documentation: string,
  more: Partial<ConfigDefinition> = {},
): ConfigDefinition {
  return { name, type, default: defaultValue, documentation, ...more };
}

const DYNAMIC = { isDynamic: true };
const LONG_MAX_TEXT = '9223372036854775807';

/** A config of groups of one type with its least and greatest value, within which groups may have their own. */
function groups(
  type: 'consumer' | 'share' | 'streams',
  name: string,
  [value, least, most]: readonly [string, string, string],
  documentation: string,
  possible: Pick<ConfigDefinition, 'min' | 'max'> = {},
): ConfigDefinition[] {
  const range = { min: 0, ...possible };
  return [
    broker(`group.${type}.${name}`, 'int', value, documentation, { ...DYNAMIC, ...possible }),
    broker(`group.${type}.min.${name}`, 'int', least, `The least ${name} that a group may have.`, range),
    broker(`group.${type}.max.${name}`, 'int', most, `The greatest ${name} that a group may have.`, range),
  ];
}

/**
 * The configs of the broker under Kafka's names. Defaults are Kafka's, but where one node that must be ready at once is
 * better served: `group.initial.rebalance.delay.ms` is 0 (Kafka waits 3 s for more members of a fresh group; a laptop
 * and a test suite wait for nothing), and so are the delay of streams groups (Kafka: 3 s) and the intervals between
 * assignments (Kafka: 1 s); `group.min.session.timeout.ms` is 100, and replication factors are 1.
 */
export const BROKER_CONFIGS: readonly ConfigDefinition[] = [
  broker('node.id', 'int', '1', 'The id of this broker.', { min: 0 }),
  broker('broker.id', 'int', '1', 'The id of this broker, under its old name.'),
  broker('broker.rack', 'string', null, 'The rack that clients are told.'),
  broker('process.roles', 'list', 'broker,controller', 'One node is both.'),
  broker('listeners', 'string', 'PLAINTEXT://127.0.0.1:9092', 'Where the broker listens: NAME://HOST:PORT,…'),
  broker('advertised.listeners', 'string', null, 'What clients are told instead of the listeners.'),
  broker('metrics.listener', 'string', null, 'Where /metrics and /health are served: http://HOST:PORT.'),
  broker('millrace.flush', 'string', null, 'When an answered write is safe: os or always.', {
    values: ['os', 'always'],
  }),
  broker('millrace.log.level', 'string', null, 'What the process logs: debug, info, warn or error.', {
    values: ['debug', 'info', 'warn', 'error'],
  }),
  broker('millrace.log.format', 'string', null, 'How it logs: text or json.', { values: ['text', 'json'] }),
  broker('log.dirs', 'string', null, 'The data folder.'),
  broker('log.dir', 'string', null, 'The data folder, under its old name.'),
  broker('num.partitions', 'int', '1', 'Partitions of a topic that is made without a number.', { min: 1 }),
  broker('default.replication.factor', 'int', '1', 'Replicas of a topic that is made without a number.', { min: 1 }),
  broker('auto.create.topics.enable', 'boolean', 'true', 'Whether asking for a topic makes it.'),
  broker('delete.topic.enable', 'boolean', 'true', 'Whether topics may be deleted.'),
  broker('min.insync.replicas', 'int', '1', 'Replicas that must have a record.', { min: 1, ...DYNAMIC }),
  broker('unclean.leader.election.enable', 'boolean', 'false', 'No meaning on one node.', DYNAMIC),
  broker('message.max.bytes', 'int', '1048588', 'The largest record batch that is taken.', { min: 0, ...DYNAMIC }),
  broker('compression.type', 'string', 'producer', 'The codec that batches are stored in.', DYNAMIC),
  broker('socket.request.max.bytes', 'int', '104857600', 'The largest request.', { min: 1 }),
  broker('connections.max.idle.ms', 'long', '600000', 'How long a connection may be idle.'),
  broker('max.connections', 'int', '2147483647', 'Connections at once.', { min: 0, ...DYNAMIC }),
  broker(
    'queued.max.request.bytes',
    'long',
    '-1',
    'Bytes of requests in work for each connection; −1 for the default.',
  ),
  broker('fetch.max.bytes', 'int', '57671680', 'The most that one fetch answers.', { min: 1024 }),
  broker('max.incremental.fetch.session.cache.slots', 'int', '1000', 'Fetch sessions at once.', { min: 0 }),
  broker('log.segment.bytes', 'int', '1073741824', 'The size at which a segment is closed.', { min: 14, ...DYNAMIC }),
  broker('log.roll.ms', 'long', null, 'The time after which a segment is closed.', DYNAMIC),
  broker('log.roll.hours', 'int', '168', 'The time after which a segment is closed.', { min: 1 }),
  broker('log.roll.jitter.ms', 'long', null, 'Spread of segment ends.', DYNAMIC),
  broker('log.roll.jitter.hours', 'int', '0', 'Spread of segment ends.', { min: 0 }),
  broker('log.retention.ms', 'long', null, 'The age from which segments go.', DYNAMIC),
  broker('log.retention.minutes', 'int', null, 'The age from which segments go.'),
  broker('log.retention.hours', 'int', '168', 'The age from which segments go.'),
  broker('log.retention.bytes', 'long', '-1', 'The size from which segments go.', DYNAMIC),
  broker('log.retention.check.interval.ms', 'long', '300000', 'How often retention is looked at.', { min: 1 }),
  broker('log.cleanup.policy', 'list', 'delete', 'What happens to old records.', DYNAMIC),
  broker('log.index.interval.bytes', 'int', '4096', 'Bytes between two index entries.', { min: 0, ...DYNAMIC }),
  broker('log.index.size.max.bytes', 'int', '10485760', 'No meaning here.', { min: 4, ...DYNAMIC }),
  broker('log.segment.delete.delay.ms', 'long', '60000', 'No effect: removed files go at once.', {
    min: 0,
    ...DYNAMIC,
  }),
  broker('log.flush.interval.messages', 'long', LONG_MAX_TEXT, 'How many records may be unsynced.', DYNAMIC),
  broker('log.flush.interval.ms', 'long', null, 'How long records may be unsynced.', DYNAMIC),
  broker('log.flush.offset.checkpoint.interval.ms', 'int', '60000', 'How often recovery points are saved.', { min: 0 }),
  broker('log.message.timestamp.type', 'string', 'CreateTime', 'Whose time a record carries.', DYNAMIC),
  broker('log.message.timestamp.after.max.ms', 'long', '3600000', 'How far ahead a timestamp may lie.', DYNAMIC),
  broker('log.message.timestamp.before.max.ms', 'long', LONG_MAX_TEXT, 'How far behind a timestamp may lie.', DYNAMIC),
  broker('log.preallocate', 'boolean', 'false', 'No meaning here.', DYNAMIC),
  broker('log.cleaner.enable', 'boolean', 'true', 'Whether compaction runs.'),
  broker('log.cleaner.threads', 'int', '1', 'One loop compacts.', DYNAMIC),
  broker('log.cleaner.dedupe.buffer.size', 'long', '134217728', 'Memory for the keys of one compaction at most.', {
    min: 1024,
    ...DYNAMIC,
  }),
  broker(
    'log.cleaner.io.max.bytes.per.second',
    'double',
    '1.7976931348623157E308',
    'Bytes that compaction reads and writes in a second at most.',
    DYNAMIC,
  ),
  broker('log.cleaner.backoff.ms', 'long', '15000', 'How often compaction looks for work.', { min: 0, ...DYNAMIC }),
  broker('log.cleaner.delete.retention.ms', 'long', '86400000', 'How long tombstones stay.', DYNAMIC),
  broker('log.cleaner.min.cleanable.ratio', 'double', '0.5', 'The share that starts compaction.', DYNAMIC),
  broker('log.cleaner.min.compaction.lag.ms', 'long', '0', 'How long records stay uncompacted.', DYNAMIC),
  broker('log.cleaner.max.compaction.lag.ms', 'long', LONG_MAX_TEXT, 'How long they may.', DYNAMIC),
  broker('group.initial.rebalance.delay.ms', 'int', '0', 'How long a fresh group waits for more members.'),
  broker('group.min.session.timeout.ms', 'int', '100', 'The shortest session timeout.'),
  broker('group.max.session.timeout.ms', 'int', '1800000', 'The longest session timeout.'),
  broker('group.max.size', 'int', '2147483647', 'Members of a group.', { min: 1 }),
  ...groups('consumer', 'session.timeout.ms', ['45000', '45000', '60000'], 'How long a member may be silent.'),
  ...groups('consumer', 'heartbeat.interval.ms', ['5000', '5000', '15000'], 'How often members report.'),
  ...groups('consumer', 'assignment.interval.ms', ['0', '0', '15000'], 'How long at least a target assignment stands.'),
  broker('group.consumer.max.size', 'int', '2147483647', 'Members of a consumer group.', { min: 1 }),
  broker('group.consumer.assignors', 'list', 'uniform,range', 'The server-side assignors; the first is the default.', {
    values: ['uniform', 'range'],
  }),
  broker('group.consumer.migration.policy', 'string', 'bidirectional', 'How groups may change their protocol live.', {
    values: ['bidirectional', 'upgrade', 'downgrade', 'disabled'],
  }),
  broker('group.consumer.regex.refresh.interval.ms', 'int', '600000', 'No meaning here: done when topics change.'),
  broker('group.consumer.assignor.offload.enable', 'boolean', 'true', 'No meaning here.'),
  ...groups('share', 'session.timeout.ms', ['45000', '45000', '60000'], 'How long a member may be silent.'),
  ...groups('share', 'heartbeat.interval.ms', ['5000', '5000', '15000'], 'How often members report.'),
  ...groups('share', 'assignment.interval.ms', ['0', '0', '15000'], 'How long at least an assignment stands.'),
  ...groups(
    'share',
    'record.lock.duration.ms',
    ['30000', '15000', '60000'],
    'How long a member has a record for itself.',
    { min: 1000 },
  ),
  ...groups('share', 'delivery.count.limit', ['5', '2', '10'], 'How often a record is delivered at most.', { min: 2 }),
  ...groups(
    'share',
    'partition.max.record.locks',
    ['2000', '100', '4000'],
    'Records of a partition that a share group has in work at most.',
    { min: 100 },
  ),
  broker('group.share.max.size', 'int', '200', 'Members of a share group.', { min: 1 }),
  broker('group.share.max.share.sessions', 'int', '2000', 'Members of share groups that fetch at once.', { min: 1 }),
  broker('group.share.assignors', 'list', 'simple', 'The assignor of share groups.', { values: ['simple'] }),
  broker(
    'share.coordinator.snapshot.update.records.per.snapshot',
    'int',
    '500',
    'Updates of the state of a share group in a partition, after which all of it is written again.',
    { min: 0 },
  ),
  broker('share.coordinator.state.topic.num.partitions', 'int', '50', 'Partitions of the topic of that state.', {
    min: 1,
  }),
  broker('share.coordinator.state.topic.replication.factor', 'short', '1', 'Replicas of that topic.', { min: 1 }),
  broker('share.coordinator.state.topic.segment.bytes', 'int', '104857600', 'Segments of that topic.', { min: 1 }),
  broker('share.coordinator.state.topic.min.isr', 'short', '1', 'Replicas that must have a record of it.', { min: 1 }),
  ...groups('streams', 'session.timeout.ms', ['45000', '45000', '60000'], 'How long a member may be silent.'),
  ...groups('streams', 'heartbeat.interval.ms', ['5000', '5000', '15000'], 'How often members report.'),
  ...groups('streams', 'assignment.interval.ms', ['0', '0', '15000'], 'How long at least a target assignment stands.'),
  broker(
    'group.streams.initial.rebalance.delay.ms',
    'int',
    '0',
    'How long a streams group that was empty waits for more members before it shares out tasks.',
    { min: 0, ...DYNAMIC },
  ),
  broker('group.streams.num.standby.replicas', 'int', '0', 'Standbys of each task that keeps a state.', {
    min: 0,
    ...DYNAMIC,
  }),
  broker('group.streams.max.standby.replicas', 'int', '2', 'The greatest number of them that a group may have.', {
    min: 0,
  }),
  broker('group.streams.max.size', 'int', '2147483647', 'Members of a streams group.', { min: 1 }),
  broker('group.streams.assignor.offload.enable', 'boolean', 'true', 'No meaning here.'),
  broker(
    'group.coordinator.rebalance.protocols',
    'list',
    'classic,consumer,streams',
    'The protocols that groups may speak.',
    {
      values: ['classic', 'consumer', 'share', 'streams'],
    },
  ),
  broker('group.coordinator.threads', 'int', '4', 'No meaning here.'),
  broker('group.coordinator.background.threads', 'int', '2', 'No meaning here.'),
  broker('group.coordinator.append.linger.ms', 'int', '-1', 'No meaning here: all of a turn is written together.'),
  broker('offsets.load.buffer.size', 'int', '5242880', 'No meaning here.'),
  broker('offsets.commit.timeout.ms', 'int', '5000', 'No meaning here: one node waits for nobody.'),
  broker('offset.metadata.max.bytes', 'int', '4096', 'Metadata of a committed offset.'),
  broker('offsets.topic.num.partitions', 'int', '50', 'Partitions of the offsets topic; fixed once it exists.', {
    min: 1,
  }),
  broker('offsets.topic.replication.factor', 'short', '1', 'Replicas of the offsets topic.', { min: 1 }),
  broker('offsets.topic.segment.bytes', 'int', '104857600', 'Segments of the offsets topic.', { min: 1 }),
  broker('offsets.retention.minutes', 'int', '10080', 'How long offsets of an empty group stay.', { min: 1 }),
  broker('offsets.retention.check.interval.ms', 'long', '600000', 'How often that is looked at.', { min: 1 }),
  broker('transaction.state.log.num.partitions', 'int', '50', 'Partitions of the transaction topic.', { min: 1 }),
  broker('transaction.state.log.replication.factor', 'short', '1', 'Replicas of the transaction topic.', { min: 1 }),
  broker('transaction.state.log.segment.bytes', 'int', '104857600', 'Segments of the transaction topic.', { min: 1 }),
  broker('transaction.state.log.min.isr', 'int', '1', 'Replicas that must have a transaction record.', { min: 1 }),
  broker('transaction.max.timeout.ms', 'int', '900000', 'The longest transaction timeout.', { min: 1 }),
  broker('transaction.abort.timed.out.transaction.cleanup.interval.ms', 'int', '10000', 'How often that is looked at.'),
  broker(
    'transaction.remove.expired.transaction.cleanup.interval.ms',
    'int',
    '3600000',
    'How often that is looked at.',
    {
      min: 1,
    },
  ),
  broker('transactional.id.expiration.ms', 'int', '604800000', 'How long a silent transactional id is remembered.', {
    min: 1,
  }),
  broker('producer.id.expiration.ms', 'int', '86400000', 'How long a silent producer is remembered.', { min: 1 }),
  ...SECURITY_CONFIGS,
];
