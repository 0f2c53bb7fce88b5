import { type Clock, type Closeable, type CloseOptions, describeError, type Logger } from '@millrace/base';
import type { Client, Producer } from '@millrace/client';
import { encodeBase64 } from '../lib/base64.ts';
import { booleanSetting, type KsqlConfig, numberSetting } from '../lib/ksql-config.ts';
import type { ProcessingLog, ProcessingLogMessage } from '../processing-log/messages.ts';
import type { Topics } from './topics.ts';

const PREFIX = 'ksql.logging.processing.';
/** Bytes that wait for the brokers; beyond them messages are dropped, since queries must not wait for their log. */
const BUFFER_BYTES_MAX = 4 * 1024 * 1024;
const CLOSE_TIMEOUT_MS = 5_000;

export type ProcessingLogSettings = {
  readonly topic: string;
  readonly partitions: number;
  readonly replicas: number;
  /** Whether messages hold the records that they are about: they may be nobody else's business. */
  readonly includesRows: boolean;
  readonly createsTopic: boolean;
  readonly createsStream: boolean;
  readonly stream: string;
};

export function processingLogSettings(config: KsqlConfig, serviceId: string): ProcessingLogSettings {
  const text = (name: string, otherwise: string): string => String(config[PREFIX + name] ?? otherwise);
  const flag = (name: string): boolean => booleanSetting(config, PREFIX + name) === true;
  return {
    topic: text('topic.name', `${serviceId}ksql_processing_log`),
    partitions: numberSetting(config, `${PREFIX}topic.partitions`, 1),
    replicas: numberSetting(config, `${PREFIX}topic.replication.factor`, 1),
    includesRows: flag('rows.include'),
    createsTopic: flag('topic.auto.create'),
    createsStream: flag('stream.auto.create'),
    stream: text('stream.name', 'KSQL_PROCESSING_LOG'),
  };
}

/** The statement that makes the log a stream, so that it can be asked as any other. */
export function processingLogStream({ stream, topic }: ProcessingLogSettings): string {
  return `CREATE STREAM IF NOT EXISTS \`${stream}\` (
    logger VARCHAR, level VARCHAR, time BIGINT,
    message STRUCT<
      type INT,
      deserializationError STRUCT<
        target VARCHAR, errorMessage VARCHAR, recordB64 VARCHAR, cause ARRAY<VARCHAR>, \`topic\` VARCHAR>,
      recordProcessingError STRUCT<errorMessage VARCHAR, record VARCHAR, cause ARRAY<VARCHAR>>,
      productionError STRUCT<errorMessage VARCHAR>,
      serializationError STRUCT<
        target VARCHAR, errorMessage VARCHAR, record VARCHAR, cause ARRAY<VARCHAR>, \`topic\` VARCHAR>,
      kafkaStreamsThreadError STRUCT<errorMessage VARCHAR, threadName VARCHAR, cause ARRAY<VARCHAR>>>
  ) WITH (KAFKA_TOPIC = '${topic.replaceAll("'", "''")}', VALUE_FORMAT = 'JSON');`;
}

type Options = {
  readonly client: Client;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: ProcessingLogSettings;
  /** Gets every message too. */
  readonly next: ProcessingLog;
};

/** The processing log as a topic: what went wrong with records, one JSON object each, in ksqlDB's shape. */
export class ProcessingLogTopic implements ProcessingLog, Closeable {
  readonly #options: Options;
  readonly #producer: Producer;
  #dropped = 0;

  private constructor(options: Options) {
    this.#options = options;
    this.#producer = options.client.producer({ bufferBytesMax: BUFFER_BYTES_MAX });
  }

  /** Makes the topic where it is not there. */
  static async open(options: Options, topics: Topics): Promise<ProcessingLogTopic> {
    const { topic: name, partitions, replicas } = options.settings;
    await topics.ensure({ name, partitions, replicas, configs: {} }, null);
    return new ProcessingLogTopic(options);
  }

  report(message: ProcessingLogMessage): void {
    const { clock, settings, next, logger } = this.#options;
    next.report(message);
    if (this.#producer.failure !== undefined || this.#producer.bufferedBytes > BUFFER_BYTES_MAX / 2) {
      if (this.#dropped++ === 0) logger.warn('The processing log is full: messages are left out', settings);
      return;
    }
    const value = Buffer.from(JSON.stringify(messageJson(message, clock.wallMs(), settings)));
    this.#producer.send({ topic: settings.topic, key: null, value }).catch((thrown: unknown) => {
      logger.warn('A message of the processing log was lost', { error: describeError(thrown) });
    });
  }

  close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    return this.#producer.close({ timeoutMs });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

const TYPES: Readonly<Record<ProcessingLogMessage['kind'], number>> = {
  'deserialization-error': 0,
  'record-processing-error': 1,
  'serialization-error': 3,
};

/** As ksqlDB's ProcessingLogMessageSchema has it. */
function messageJson(of: ProcessingLogMessage, time: number, { includesRows }: ProcessingLogSettings): object {
  const { kind, logger, message: errorMessage, cause } = of;
  const details = {
    deserializationError: null as object | null,
    recordProcessingError: null as object | null,
    productionError: null,
    serializationError: null as object | null,
    kafkaStreamsThreadError: null,
  };
  switch (kind) {
    case 'deserialization-error': {
      const { target, topic, record } = of;
      const recordB64 = includesRows && record !== null ? encodeBase64(record) : null;
      details.deserializationError = { target, errorMessage, recordB64, cause, topic };
      break;
    }
    case 'record-processing-error':
      details.recordProcessingError = { errorMessage, record: null, cause };
      break;
    case 'serialization-error':
      details.serializationError = { target: of.target, errorMessage, record: null, cause, topic: of.topic };
      break;
  }
  return { level: 'ERROR', logger, time, message: { type: TYPES[kind], ...details } };
}
