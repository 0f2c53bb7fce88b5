import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Broker } from '@millrace/broker';
import { Client, type ClientWire, cursorOver, type IsolationLevel } from '@millrace/client';
import { partitionForKey } from '@millrace/protocol';
import type { Serde } from '../../serdes/serde.ts';
import { Serdes } from '../../serdes/serdes.ts';

const WAIT_MS = 20_000;
const LOOK_EVERY_MS = 10;

export type WireName = 'in process' | 'TCP';
export const WIRES: readonly WireName[] = ['in process', 'TCP'];

export type TextRecord = readonly [key: string | null, value: string | null, timestamp: number];
export type ReadRecord<V> = {
  readonly key: Uint8Array | null;
  readonly value: V | null;
  readonly timestamp: number;
  readonly partition: number;
};

/** A broker, a client of it and a folder for state: what a test of a whole application needs. */
export class TestCluster {
  readonly wire: ClientWire;
  readonly client: Client;
  readonly folder: string;
  readonly #stop: () => Promise<void>;

  private constructor(wire: ClientWire, folder: string, stop: () => Promise<void>) {
    this.wire = wire;
    this.client = new Client(wire);
    this.folder = folder;
    this.#stop = stop;
  }

  /** `thread`: the broker goes on by itself while the application blocks its loop. */
  static async start(name: WireName | 'thread'): Promise<TestCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-streams-'));
    const config = {
      'group.initial.rebalance.delay.ms': '0',
      'group.min.session.timeout.ms': '100',
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': '20',
    };
    if (name === 'thread') {
      const broker = await Broker.start({ config, thread: true });
      return new TestCluster({ bootstrapServers: broker.bootstrapServers }, folder, () => broker.close());
    }
    const broker = await Broker.start(name === 'TCP' ? { config } : { config, port: -1 });
    const wire: ClientWire =
      name === 'TCP' ? { bootstrapServers: broker.bootstrapServers } : { dial: () => broker.connect() };
    return new TestCluster(wire, folder, () => broker.close());
  }

  /** Brokers that run elsewhere already. */
  static async at(bootstrapServers: string): Promise<TestCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-streams-'));
    return new TestCluster({ bootstrapServers }, folder, () => Promise.resolve());
  }

  async createTopics(topics: Readonly<Record<string, number>>): Promise<void> {
    const configs = { 'retention.ms': '-1' };
    await this.client.admin.createTopics(
      Object.entries(topics).map(([name, partitionCount]) => ({ name, partitionCount, configs })),
    );
  }

  async produce(topic: string, records: readonly TextRecord[]): Promise<void> {
    const { partitions } = await this.client.topic(topic);
    await using producer = this.client.producer();
    const encoder = new TextEncoder();
    for (const [key, value, timestamp] of records) {
      const keyBytes = key === null ? null : encoder.encode(key);
      const partition = keyBytes === null ? 0 : partitionForKey(keyBytes, partitions.length);
      producer.append(topic, partition, keyBytes, value === null ? null : encoder.encode(value), timestamp);
    }
    await producer.flush();
  }

  /** Everything that a topic holds now, partition by partition; of open or aborted transactions too, unless told otherwise. */
  async read<V>(
    topic: string,
    serde: Serde<V>,
    isolationLevel: IsolationLevel = 'read_uncommitted',
  ): Promise<ReadRecord<V>[]> {
    const { partitions } = await this.client.topic(topic);
    const all = partitions.map(({ partition }) => ({ topic, partition }));
    const ends = await this.client.admin.listOffsets(all, 'latest', { isolationLevel });
    const starts = await this.client.admin.listOffsets(all, 'earliest');
    await using fetcher = this.client.fetcher({ isolationLevel });
    const open = new Map<number, number>();
    for (const { partition, offset } of ends) {
      const first = starts.find((start) => start.partition === partition)!.offset;
      if (offset <= first) continue;
      open.set(partition, offset);
      fetcher.assign(topic, partition, first);
    }
    const records: ReadRecord<V>[] = [];
    while (open.size > 0) {
      for (const fetched of await fetcher.poll({ maxWaitMs: 100 })) {
        const cursor = cursorOver(fetched);
        while (cursor.next()) {
          const value = cursor.value();
          records.push({
            key: cursor.key()?.slice() ?? null,
            value: value === null ? null : serde.deserialize(value.slice(), topic),
            timestamp: cursor.timestamp,
            partition: fetched.partition,
          });
        }
        if (fetched.nextOffset >= (open.get(fetched.partition) ?? 0)) open.delete(fetched.partition);
      }
    }
    return records.sort((a, b) => a.partition - b.partition);
  }

  /** The last value of each key of a topic. */
  async table<V>(
    topic: string,
    serde: Serde<V>,
    isolationLevel: IsolationLevel = 'read_uncommitted',
  ): Promise<Record<string, V | null>> {
    const rows: Record<string, V | null> = {};
    for (const { key, value } of await this.read(topic, serde, isolationLevel)) rows[textOf(key)] = value;
    return rows;
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.#stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function textOf(key: Uint8Array | null): string {
  return key === null ? 'null' : Serdes.string().deserialize(key, '');
}

/** Waits until `look` gives something else than false, null or undefined. */
export async function eventually<T>(look: () => Promise<T | false | null | undefined>, what: string): Promise<T> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited ${WAIT_MS} ms in vain: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Whether two tables hold the same, for {@link eventually}. */
export function sameTable(
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): boolean {
  const keys = Object.keys(actual);
  return keys.length === Object.keys(expected).length && keys.every((key) => actual[key] === expected[key]);
}
