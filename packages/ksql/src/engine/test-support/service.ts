import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { Client, type ClientOptions, cursorOver, type FetchedPartition } from '@millrace/client';
import { partitionForKey } from '@millrace/protocol';
import type { KsqlEngineOptions } from '../engine-options.ts';
import { KsqlEngine } from '../ksql-engine.ts';
import type { QueryResult } from '../query-result.ts';

export type Wire = 'in process' | 'TCP';
export const WIRES: readonly Wire[] = ['in process', 'TCP'];

const CONFIG = {
  'auto.offset.reset': 'earliest',
  // Every change of a table is seen, not the last one of an interval.
  'cache.max.bytes.buffering': '0',
  'commit.interval.ms': '50',
  'heartbeat.interval.ms': '100',
};

/** A record of a topic, with its key and value as text. */
export type TextRecord = { readonly key: string | null; readonly value: string | null; readonly timestamp: number };

/** A broker, of our own in memory or elsewhere, and engines on it that end with the test. */
export class Service implements AsyncDisposable {
  readonly wire: ClientOptions;
  readonly client: Client;
  /** The folders of the engines' state are in it. */
  readonly stateDir: string;
  readonly #engines: KsqlEngine[] = [];
  readonly #broker: Broker | null;

  private constructor(broker: Broker | null, wire: ClientOptions, stateDir: string) {
    this.#broker = broker;
    this.wire = wire;
    this.client = new Client(wire);
    this.stateDir = stateDir;
  }

  static async start(wire: Wire): Promise<Service> {
    const inProcess = wire === 'in process';
    const broker = await Broker.start({
      port: inProcess ? -1 : 0,
      config: { 'group.initial.rebalance.delay.ms': '0' },
      local: { freeze: true, codecCheck: true },
    });
    const options = inProcess ? { dial: () => broker.connect() } : { bootstrapServers: broker.bootstrapServers };
    return new Service(broker, options, await stateFolder());
  }

  /** On brokers that run elsewhere. */
  static async at(bootstrapServers: string): Promise<Service> {
    return new Service(null, { bootstrapServers }, await stateFolder());
  }

  /** Ends the broker under the engines' feet. */
  async loseBroker(): Promise<void> {
    await this.#broker?.close();
  }

  /** An engine with a state folder of its own, which the next engine of the same name finds again. */
  async engine(name = 'one', options: Partial<KsqlEngineOptions> = {}): Promise<KsqlEngine> {
    const engine = await KsqlEngine.start({
      ...this.wire,
      serviceId: 'test_',
      stateDir: join(this.stateDir, name),
      ...options,
      config: { ...CONFIG, ...options.config },
    } as KsqlEngineOptions);
    this.#engines.push(engine);
    return engine;
  }

  async createTopic(name: string, partitionCount = 1): Promise<void> {
    await this.client.admin.createTopics([{ name, partitionCount, configs: { 'retention.ms': '-1' } }]);
  }

  /** Values are written as JSON. */
  async produce(topic: string, records: readonly { key: string; value: unknown; timestamp: number }[]): Promise<void> {
    await using producer = this.client.producer();
    const { partitions } = await this.client.topic(topic);
    for (const { key, value, timestamp } of records) {
      const partition = partitionForKey(Buffer.from(key), partitions.length);
      const bytes = value === null ? null : Buffer.from(JSON.stringify(value));
      producer.append(topic, partition, Buffer.from(key), bytes, timestamp);
    }
    await producer.flush();
  }

  /** All that readers of committed records find in a topic now. */
  async readAll(topic: string): Promise<TextRecord[]> {
    const isolationLevel = 'read_committed';
    await using fetcher = this.client.fetcher({ isolationLevel });
    const { partitions } = await this.client.topic(topic);
    const places = partitions.map(({ partition }) => ({ topic, partition }));
    const ends = await this.client.admin.listOffsets(places, 'latest', { isolationLevel });
    for (const { partition } of ends) fetcher.assign(topic, partition, 0);
    const isBehind = (): boolean => ends.some(({ partition, offset }) => fetcher.position(topic, partition)! < offset);
    const records: TextRecord[] = [];
    while (isBehind())
      for (const fetched of await fetcher.poll({ maxWaitMs: 100 })) records.push(...recordsOf(fetched));
    return records;
  }

  /** The first records of a topic, as soon as there are so many. */
  async consume(topic: string, count: number): Promise<TextRecord[]> {
    await using fetcher = this.client.fetcher();
    const { partitions } = await this.client.topic(topic);
    for (const { partition } of partitions) fetcher.assign(topic, partition, 'earliest');
    const records: TextRecord[] = [];
    while (records.length < count) {
      for (const fetched of await fetcher.poll({ maxWaitMs: 100 })) records.push(...recordsOf(fetched));
    }
    return records;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const engine of this.#engines) await engine.close();
    await this.client.close();
    await this.#broker?.close();
    await rm(this.stateDir, { recursive: true, force: true });
  }
}

function stateFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'millrace-ksql-'));
}

function* recordsOf(fetched: FetchedPartition): Iterable<TextRecord> {
  const cursor = cursorOver(fetched);
  while (cursor.next()) {
    yield { key: textOf(cursor.key()), value: textOf(cursor.value()), timestamp: cursor.timestamp };
  }
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** All rows of a query that ends by itself. */
export async function rowsOf(query: Promise<QueryResult>): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of (await query).rows) rows.push(row);
  return rows;
}

/** Asks again until the rows are as wanted, or the test's time is over. */
export async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
