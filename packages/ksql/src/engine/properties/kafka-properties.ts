import type { PropertyDefinition, PropertyType } from './ksql-properties.ts';

const NAMES: readonly (readonly [PropertyType, string])[] = [
  [
    'BOOLEAN',
    'allow.auto.create.topics auto.include.jmx.reporter check.crcs config.providers.enabled enable.auto.commit ' +
      'enable.idempotence enable.metrics.push ensure.explicit.internal.resource.naming exclude.internal.topics ' +
      'log.summary.interval.enabled partitioner.adaptive.partitioning.enable partitioner.ignore.keys ' +
      'transaction.two.phase.commit.enable',
  ],
  [
    'INT',
    'auto.commit.interval.ms batch.size buffered.records.per.partition compression.gzip.level compression.lz4.level ' +
      'compression.zstd.level default.api.timeout.ms delivery.timeout.ms fetch.max.bytes fetch.max.wait.ms ' +
      'fetch.min.bytes heartbeat.interval.ms max.in.flight.requests.per.connection max.partition.fetch.bytes ' +
      'max.poll.interval.ms max.poll.records max.request.size max.warmup.replicas metrics.num.samples ' +
      'num.standby.replicas num.stream.threads rack.aware.assignment.non_overlap_cost ' +
      'rack.aware.assignment.traffic_cost receive.buffer.bytes replication.factor request.timeout.ms retries ' +
      'send.buffer.bytes session.timeout.ms transaction.timeout.ms',
  ],
  [
    'LONG',
    'acceptable.recovery.lag buffer.memory cache.max.bytes.buffering commit.interval.ms connections.max.idle.ms ' +
      'linger.ms log.summary.interval.ms max.block.ms max.task.idle.ms metadata.max.age.ms metadata.max.idle.ms ' +
      'metadata.recovery.rebootstrap.trigger.ms metrics.sample.window.ms partitioner.availability.timeout.ms poll.ms ' +
      'probing.rebalance.interval.ms reconnect.backoff.max.ms reconnect.backoff.ms repartition.purge.interval.ms ' +
      'retry.backoff.max.ms retry.backoff.ms socket.connection.setup.timeout.max.ms ' +
      'socket.connection.setup.timeout.ms state.cleanup.delay.ms statestore.cache.max.bytes task.timeout.ms ' +
      'window.size.ms windowstore.changelog.additional.retention.ms ' +
      '__emit.interval.ms.kstreams.windowed.aggregation__ ' +
      '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__',
  ],
  [
    'LIST',
    'bootstrap.servers config.providers interceptor.classes metric.reporters partition.assignment.strategy ' +
      'rack.aware.assignment.tags',
  ],
  [
    'STRING',
    'acks allow.os.group.write.access application.id application.server auto.offset.reset ' +
      'built.in.metrics.version client.dns.lookup client.id client.rack compression.type ' +
      'default.client.supplier default.deserialization.exception.handler default.dsl.store default.key.serde ' +
      'default.list.key.serde.inner default.list.key.serde.type default.list.value.serde.inner ' +
      'default.list.value.serde.type default.production.exception.handler default.timestamp.extractor ' +
      'default.value.serde deserialization.exception.handler dsl.store.suppliers.class ' +
      'errors.dead.letter.queue.topic.name group.id group.instance.id group.protocol group.remote.assignor ' +
      'isolation.level key.deserializer key.serializer log.level metadata.recovery.strategy metrics.recording.level ' +
      'partitioner.class processing.exception.handler processing.guarantee processor.wrapper.class ' +
      'production.exception.handler rack.aware.assignment.strategy rocksdb.config.setter ' +
      'sasl.client.callback.handler.class sasl.jaas.config sasl.kerberos.service.name ' +
      'sasl.login.callback.handler.class sasl.login.class sasl.mechanism sasl.oauthbearer.token.endpoint.url ' +
      'security.protocol security.providers share.acknowledgement.mode ssl.cipher.suites ssl.enabled.protocols ' +
      'ssl.endpoint.identification.algorithm ssl.engine.factory.class ssl.key.password ssl.keymanager.algorithm ' +
      'ssl.keystore.certificate.chain ssl.keystore.key ssl.keystore.location ssl.keystore.password ' +
      'ssl.keystore.type ssl.protocol ssl.provider ssl.secure.random.implementation ssl.trustmanager.algorithm ' +
      'ssl.truststore.certificates ssl.truststore.location ssl.truststore.password ssl.truststore.type state.dir ' +
      'task.assignor.class topology.optimization transactional.id upgrade.from value.deserializer value.serializer ' +
      'windowed.inner.class.serde',
  ],
];

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  acks: ['all', '-1', '0', '1'],
  'compression.type': ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  'isolation.level': ['read_committed', 'read_uncommitted'],
  'processing.guarantee': ['at_least_once', 'exactly_once_v2'],
};

/** The settings of Kafka Streams, consumers and producers, by their bare names. */
export const KAFKA_PROPERTIES: ReadonlyMap<string, PropertyDefinition> = new Map(
  NAMES.flatMap(([type, names]) =>
    names.split(' ').map((name): [string, PropertyDefinition] => {
      const oneOf = CHOICES[name];
      return [name, { type, default: null, ...(oneOf === undefined ? {} : { oneOf }) }];
    }),
  ),
);

/** The settings of topics that `topic.` stands before. */
export const TOPIC_PROPERTIES: ReadonlySet<string> = new Set(
  (
    'cleanup.policy compression.type delete.retention.ms file.delete.delay.ms flush.messages flush.ms ' +
    'follower.replication.throttled.replicas index.interval.bytes leader.replication.throttled.replicas ' +
    'local.retention.bytes local.retention.ms max.compaction.lag.ms max.message.bytes message.downconversion.enable ' +
    'message.format.version message.timestamp.after.max.ms message.timestamp.before.max.ms ' +
    'message.timestamp.difference.max.ms message.timestamp.type min.cleanable.dirty.ratio min.compaction.lag.ms ' +
    'min.insync.replicas preallocate remote.storage.enable retention.bytes retention.ms segment.bytes ' +
    'segment.index.bytes segment.jitter.ms segment.ms unclean.leader.election.enable'
  ).split(' '),
);
