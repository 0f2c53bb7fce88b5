import { type Closeable, describeError, type Logger } from '@millrace/base';
import { type Client, cursorOver, type Producer } from '@millrace/client';
import { type RegistryChange, RegistryStore } from './registry-store.ts';

/** Where registries of this protocol keep their schemas. */
const TOPIC = '_schemas';
const POLL_WAIT_MS = 100;

/** A registry whose schemas are in a topic, so that they are there after a restart, as the records are that need them. */
export class TopicRegistry implements Closeable {
  readonly store: RegistryStore;
  readonly #producer: Producer;

  private constructor(store: RegistryStore, producer: Producer) {
    this.store = store;
    this.#producer = producer;
  }

  /** Reads what the topic has; makes it where it is not there. @throws MillraceError of the client */
  static async open(client: Client, logger: Logger): Promise<TopicRegistry> {
    await client.admin.createTopics([{ name: TOPIC, partitionCount: 1, configs: { 'cleanup.policy': 'compact' } }], {
      ignoreExisting: true,
    });
    const producer = client.producer({ lingerMs: 0 });
    const store = new RegistryStore({
      onChange(change) {
        const { key, value } = recordOf(change);
        producer.send({ topic: TOPIC, key: Buffer.from(key), value: Buffer.from(value) }).catch((thrown: unknown) => {
          logger.error('A change of the schema registry was not kept', { error: describeError(thrown) });
        });
      },
    });
    for await (const change of changesIn(client)) store.apply(change);
    return new TopicRegistry(store, producer);
  }

  close(): Promise<void> {
    return this.#producer.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function* changesIn(client: Client): AsyncGenerator<RegistryChange> {
  const [end] = await client.admin.listOffsets([{ topic: TOPIC, partition: 0 }], 'latest');
  const [start] = await client.admin.listOffsets([{ topic: TOPIC, partition: 0 }], 'earliest');
  let next = start!.offset;
  await using fetcher = client.fetcher({ offsetReset: 'earliest' });
  fetcher.assign(TOPIC, 0, 'earliest');
  while (next < end!.offset) {
    for (const fetched of await fetcher.poll({ maxWaitMs: POLL_WAIT_MS })) {
      const cursor = cursorOver(fetched);
      while (cursor.next()) {
        const [key, value] = [cursor.key(), cursor.value()];
        const change = key === null || value === null ? null : changeOf(Buffer.from(key), Buffer.from(value));
        if (change !== null) yield change;
      }
      next = fetched.nextOffset;
    }
  }
}

/** Keys and values as the registry of this protocol writes them. */
function recordOf(change: RegistryChange): { readonly key: string; readonly value: string } {
  if (change.kind === 'level') {
    const { subject, level } = change;
    const key = { keytype: 'CONFIG', subject, magic: 0 };
    return { key: JSON.stringify(key), value: JSON.stringify({ compatibilityLevel: level }) };
  }
  const { subject, version, id, kind, text, references } = change.version;
  const deleted = change.kind === 'deleted';
  const value = { subject, version, id, schemaType: kind, references, schema: text, deleted };
  return { key: JSON.stringify({ keytype: 'SCHEMA', subject, version, magic: 1 }), value: JSON.stringify(value) };
}

function changeOf(keyBytes: Buffer, valueBytes: Buffer): RegistryChange | null {
  const key = JSON.parse(keyBytes.toString('utf8'));
  const value = JSON.parse(valueBytes.toString('utf8'));
  if (key.keytype === 'CONFIG') return { kind: 'level', subject: key.subject ?? null, level: value.compatibilityLevel };
  if (key.keytype !== 'SCHEMA') return null;
  const { subject, version, id, schemaType = 'AVRO', references = [], schema, deleted } = value;
  const kind = deleted === true ? 'deleted' : 'registered';
  return { kind, version: { subject, version, id, kind: schemaType, text: schema, references } };
}
