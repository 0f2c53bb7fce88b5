import { type Clock, MillraceError } from '@millrace/base';
import { type Client, cursorOver } from '@millrace/client';
import {
  DEFAULT_KEY_FORMAT,
  DEFAULT_VALUE_FORMAT,
  type KsqlConfig,
  OUTPUT_TOPIC_PREFIX,
  SUPPRESS_ENABLED,
  THROW_ON_INVALID_TIMESTAMP,
  WRAP_SINGLE_VALUES,
} from '../../lib/ksql-config.ts';
import { withoutSecrets } from '../command.ts';
import type { RecordWriter } from '../record-writer.ts';
import { waitFor } from '../wait.ts';

/** What a plan depends on: other settings than those of the first start would make other topics and other state. */
const SHAPES_PLANS: readonly string[] = [
  ...[DEFAULT_KEY_FORMAT, DEFAULT_VALUE_FORMAT, WRAP_SINGLE_VALUES, OUTPUT_TOPIC_PREFIX],
  ...[SUPPRESS_ENABLED, THROW_ON_INVALID_TIMESTAMP],
];
const PARTITION = 0;
/** As ksqlDB's, so that its tools find it. */
const KEY = JSON.stringify({ string: { value: 'ksql-standalone-configs' } });
const POLL_WAIT_MS = 100;
const READ_TIMEOUT_MS = 30_000;

type Options = {
  readonly client: Client;
  readonly writer: RecordWriter;
  readonly clock: Clock;
  readonly serviceId: string;
  readonly signal: AbortSignal | undefined;
};

/** ksqlDB's name for the topic in which an engine that runs a file keeps its settings. */
function configTopicOf(serviceId: string): string {
  return `_confluent-ksql-${serviceId}_configs`;
}

/**
 * The settings to run with: what plans depend on is as it was at the first start of the service, and kept in a topic then.
 * @throws MillraceError of the client, `CONFIG_TOPIC_UNREADABLE`
 */
export async function keptSettings(config: KsqlConfig, options: Options): Promise<KsqlConfig> {
  const { client, writer, clock, serviceId, signal } = options;
  const topic = configTopicOf(serviceId);
  const configs = { 'cleanup.policy': 'compact', 'retention.ms': '-1' };
  await client.admin.createTopics([{ name: topic, partitionCount: 1, configs }], { ignoreExisting: true });
  const what = 'Reading the settings of the service';
  let kept = await waitFor(firstIn(topic, client), { clock, timeoutMs: READ_TIMEOUT_MS, what, signal });
  if (kept === null) {
    const value = JSON.stringify({ ksqlProperties: withoutSecrets(config) });
    const record = { topic, partition: PARTITION, key: KEY, value, timestamp: clock.wallMs() };
    await writer.write(record, { what: 'Keeping the settings of the service', signal });
    // Another engine of the service may have been first.
    kept = await waitFor(firstIn(topic, client), { clock, timeoutMs: READ_TIMEOUT_MS, what, signal });
  }
  const others = Object.entries(config).filter(([name]) => !SHAPES_PLANS.includes(name));
  const shaping = Object.entries(kept ?? {}).filter(([name]) => SHAPES_PLANS.includes(name));
  return Object.fromEntries([...others, ...shaping]);
}

async function firstIn(topic: string, client: Client): Promise<KsqlConfig | null> {
  const [end] = await client.admin.listOffsets([{ topic, partition: PARTITION }], 'latest');
  await using fetcher = client.fetcher({ offsetReset: 'earliest' });
  fetcher.assign(topic, PARTITION, 'earliest');
  for (let next = 0; next < end!.offset; ) {
    for (const fetched of await fetcher.poll({ maxWaitMs: POLL_WAIT_MS })) {
      const cursor = cursorOver(fetched);
      if (cursor.next()) return settingsIn(new TextDecoder().decode(cursor.value() ?? undefined), topic);
      next = fetched.nextOffset;
    }
  }
  return null;
}

function settingsIn(text: string, topic: string): KsqlConfig {
  try {
    return (JSON.parse(text) as { readonly ksqlProperties: KsqlConfig }).ksqlProperties;
  } catch (cause) {
    throw new MillraceError('CONFIG_TOPIC_UNREADABLE', `The settings in ${topic} can't be read: ${String(cause)}`, {
      cause,
    });
  }
}
