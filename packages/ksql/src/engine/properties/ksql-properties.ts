/** What a setting's value must be, by the names of Kafka's types. */
export type PropertyType = 'BOOLEAN' | 'INT' | 'LONG' | 'DOUBLE' | 'STRING' | 'LIST';

export type PropertyDefinition = {
  readonly type: PropertyType;
  /** Null: none. */
  readonly default: string | null;
  /** The values that a text may have. */
  readonly oneOf?: readonly string[];
};

const on: PropertyDefinition = { type: 'BOOLEAN', default: 'true' };
const off: PropertyDefinition = { type: 'BOOLEAN', default: 'false' };
const flag: PropertyDefinition = { type: 'BOOLEAN', default: null };
const int = (value: number): PropertyDefinition => ({ type: 'INT', default: String(value) });
const long = (value: number | string): PropertyDefinition => ({ type: 'LONG', default: String(value) });
const text = (value: string | null): PropertyDefinition => ({ type: 'STRING', default: value });
const list = (value: string): PropertyDefinition => ({ type: 'LIST', default: value });

const NO_LIMIT = 2_147_483_647;
const NO_LONG_LIMIT = '9223372036854775807';
const SYSTEM_TOPICS =
  '_confluent.*,__confluent.*,_schemas,__consumer_offsets,__transaction_state,connect-configs,connect-offsets,' +
  'connect-status,connect-statuses';

/**
 * The settings of ksqlDB's engine (KsqlConfig of 8.x) with their types and defaults: these names may be set, and SHOW
 * PROPERTIES lists them. What has no effect here is accepted all the same, so that settings can be brought along.
 */
export const KSQL_PROPERTIES: Readonly<Record<string, PropertyDefinition>> = {
  'ksql.access.validator.enable': { type: 'STRING', default: 'auto', oneOf: ['on', 'off', 'auto'] },
  'ksql.assert.schema.default.timeout.ms': int(1_000),
  'ksql.assert.topic.default.timeout.ms': int(1_000),
  'ksql.authorization.cache.expiry.time.secs': long(30),
  'ksql.authorization.cache.max.entries': long(10_000),
  'ksql.cast.strings.preserve.nulls': on,
  'ksql.client.ip_port.configuration.enabled': off,
  'ksql.connect.basic.auth.credentials.file': text(''),
  'ksql.connect.basic.auth.credentials.reload': off,
  'ksql.connect.basic.auth.credentials.source': { type: 'STRING', default: 'NONE', oneOf: ['NONE', 'FILE'] },
  'ksql.connect.request.headers.plugin': text(null),
  'ksql.connect.request.timeout.ms': long(5_000),
  'ksql.connect.url': text('http://localhost:8083'),
  'ksql.connect.worker.config': text(''),
  'ksql.create.or.replace.enabled': on,
  'ksql.deployment.type': { type: 'STRING', default: 'selfManaged', oneOf: ['selfManaged', 'confluent'] },
  'ksql.endpoint.migrate.query': on,
  'ksql.error.classifier.regex': text(''),
  'ksql.extension.dir': text('ext'),
  'ksql.fail.on.deserialization.error': off,
  'ksql.fail.on.production.error': on,
  'ksql.fetch.remote.hosts.max.timeout.seconds': long(10),
  'ksql.headers.columns.enabled': on,
  'ksql.hidden.topics': list(SYSTEM_TOPICS),
  'ksql.insert.into.values.enabled': on,
  'ksql.internal.topic.min.insync.replicas': int(1),
  'ksql.internal.topic.replicas': int(1),
  'ksql.json_sr.converter.deserializer.enabled': on,
  'ksql.lambdas.enabled': on,
  'ksql.metastore.backup.location': text(''),
  'ksql.metrics.extension': text(null),
  'ksql.metrics.tags.custom': text(''),
  'ksql.nested.error.set.null': on,
  'ksql.new.query.planner.enabled': off,
  'ksql.output.topic.name.prefix': text(''),
  'ksql.persistence.default.format.key': text('KAFKA'),
  'ksql.persistence.default.format.value': text(null),
  'ksql.persistence.wrap.single.values': flag,
  'ksql.persistent.prefix': text('query_'),
  'ksql.properties.overrides.denylist': list(''),
  'ksql.pull.queries.enable': on,
  'ksql.query.cleanup.shutdown.timeout.ms': long(30_000),
  'ksql.query.error.max.queue.size': int(10),
  'ksql.query.persistent.active.limit': int(NO_LIMIT),
  'ksql.query.persistent.max.bytes.buffering.total': long(-1),
  'ksql.query.pull.enable.standby.reads': off,
  'ksql.query.pull.forwarding.timeout.ms': long(20_000),
  'ksql.query.pull.interpreter.enabled': on,
  'ksql.query.pull.limit.clause.enabled': on,
  'ksql.query.pull.max.allowed.offset.lag': long(NO_LONG_LIMIT),
  'ksql.query.pull.max.concurrent.requests': int(NO_LIMIT),
  'ksql.query.pull.max.hourly.bandwidth.megabytes': int(NO_LIMIT),
  'ksql.query.pull.max.qps': int(NO_LIMIT),
  'ksql.query.pull.metrics.enabled': on,
  'ksql.query.pull.range.scan.enabled': on,
  'ksql.query.pull.router.thread.pool.size': int(50),
  'ksql.query.pull.stream.enabled': on,
  'ksql.query.pull.table.scan.enabled': on,
  'ksql.query.pull.thread.pool.size': int(50),
  'ksql.query.push.v2.alos.enabled': on,
  'ksql.query.push.v2.catchup.consumer.msg.window': long(50),
  'ksql.query.push.v2.continuation.tokens.enabled': off,
  'ksql.query.push.v2.enabled': off,
  'ksql.query.push.v2.interpreter.enabled': on,
  'ksql.query.push.v2.latest.reset.age.ms': long(30_000),
  'ksql.query.push.v2.max.catchup.consumers': int(5),
  'ksql.query.push.v2.max.hourly.bandwidth.megabytes': int(NO_LIMIT),
  'ksql.query.push.v2.metrics.enabled': on,
  'ksql.query.push.v2.new.latest.delay.ms': long(5_000),
  'ksql.query.push.v2.registry.installed': off,
  'ksql.query.retry.backoff.initial.ms': long(15_000),
  'ksql.query.retry.backoff.max.ms': long(900_000),
  'ksql.query.status.running.threshold.seconds': int(300),
  'ksql.query.transient.max.bytes.buffering.total': long(-1),
  'ksql.queryanonymizer.cluster_namespace': text(null),
  'ksql.queryanonymizer.logs_enabled': on,
  'ksql.readonly.topics': list(SYSTEM_TOPICS),
  'ksql.runtime.feature.shared.enabled': off,
  'ksql.schema.registry.url': text(''),
  'ksql.security.extension.class': text(null),
  'ksql.service.id': text('default_'),
  'ksql.shared.runtimes.count': int(2),
  'ksql.sink.window.change.log.additional.retention': long(1_000_000),
  'ksql.source.table.materialization.enabled': on,
  'ksql.streams.shutdown.timeout.ms': long(300_000),
  'ksql.suppress.buffer.size.bytes': long(-1),
  'ksql.suppress.enabled': on,
  'ksql.timestamp.throw.on.invalid': off,
  'ksql.transient.prefix': text('transient_'),
  'ksql.transient.query.cleanup.service.enable': on,
  'ksql.transient.query.cleanup.service.initial.delay.seconds': int(600),
  'ksql.transient.query.cleanup.service.period.seconds': int(600),
  'ksql.udf.collect.metrics': off,
  'ksql.udf.enable.security.manager': on,
  'ksql.udfs.enabled': on,
  'ksql.variable.substitution.enable': on,
  'ksql.websocket.connection.max.timeout.ms': long(3_600_000),
};
