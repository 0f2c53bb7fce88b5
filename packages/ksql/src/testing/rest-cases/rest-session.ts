import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Closeable, MillraceError } from '@millrace/base';
import { Client, type ClientOptions, cursorOver } from '@millrace/client';
import { partitionForKey } from '@millrace/protocol';
import type { Catalog } from '../../catalog/catalog.ts';
import type { MemorySchemaRegistry } from '../../formats/schema-registry/memory-schema-registry.ts';
import type { FunctionRegistry } from '../../functions/registry.ts';
import { KsqlServer } from '../../server/ksql-server.ts';
import { type PlannedCase, sourceOfTopic, toRecord } from '../query-cases/run-case.ts';
import { CaseTopics } from '../query-cases/topics.ts';
import { caughtUp } from './caught-up.ts';
import type { RestCase } from './rest-case.ts';

/** A broker of its own for a case. */
export type CaseBroker = Closeable & { readonly wire: ClientOptions };

export type RestEnvironment = {
  readonly startBroker: () => Promise<CaseBroker>;
  readonly functions: () => FunctionRegistry;
};

/**
 * The settings of upstream's server, but for what costs time and shows in no answer: it commits every 2 s, in
 * transactions.
 */
const CONFIG = {
  'auto.offset.reset': 'earliest',
  'commit.interval.ms': '50',
  'heartbeat.interval.ms': '100',
  'statestore.cache.max.bytes': '0',
  'ksql.query.pull.table.scan.enabled': 'true',
  'ksql.query.push.v2.enabled': 'true',
};

/** How long records may take to arrive where they are read from. */
const RECORDS_TIMEOUT_MS = 5_000;
const POLL_MS = 50;

/** A server on a free port, with what a case needs around it. */
export class RestSession implements AsyncDisposable {
  readonly url: string;
  readonly #server: KsqlServer;
  readonly #broker: CaseBroker;
  readonly #client: Client;
  readonly #stateDir: string;

  private constructor(server: KsqlServer, broker: CaseBroker, client: Client, stateDir: string) {
    this.url = server.url;
    this.#server = server;
    this.#broker = broker;
    this.#client = client;
    this.#stateDir = stateDir;
  }

  static async start(
    { known, registry }: PlannedCase,
    { startBroker, functions }: RestEnvironment,
  ): Promise<RestSession> {
    const broker = await startBroker();
    const client = new Client(broker.wire);
    const forever = { 'retention.ms': '-1' };
    await client.admin.createTopics(
      known.map(({ name, partitions }) => ({ name, partitionCount: partitions, configs: forever })),
    );
    const stateDir = await mkdtemp(join(tmpdir(), 'millrace-rest-case-'));
    const engine = { ...broker.wire, stateDir, config: CONFIG, functions: functions(), schemaRegistry: registry };
    return new RestSession(await KsqlServer.start({ engine, port: 0 }), broker, client, stateDir);
  }

  async produce({ run }: RestCase, catalog: Catalog, registry: MemorySchemaRegistry): Promise<void> {
    await using producer = this.#client.producer();
    for (const input of run.inputs) {
      const source = sourceOfTopic(catalog, input.topic);
      if (source === undefined) throw new MillraceError('CASE', `no source reads topic ${input.topic}`);
      const { key, value, timestamp, headers } = toRecord(input, source, registry);
      const { partitions } = await this.#client.topic(input.topic);
      const partition = key === null ? 0 : partitionForKey(key, partitions.length);
      producer.append(input.topic, partition, key, value, timestamp, headers);
    }
    await producer.flush();
  }

  /** Resolves when this many queries run and have processed what their topics hold. */
  async processed(queryCount: number): Promise<void> {
    await this.#until(() => caughtUp(this.#client.admin, queryCount));
  }

  /** What a topic holds, once it is as many records as expected, or when the time is over. */
  async consume(topics: ReadonlyMap<string, number>): Promise<CaseTopics> {
    const consumed = new CaseTopics();
    for (const [topic, count] of topics) {
      await using fetcher = this.#client.fetcher();
      const { partitions } = await this.#client.topic(topic);
      for (const { partition } of partitions) fetcher.assign(topic, partition, 'earliest');
      consumed.create(topic, partitions.length);
      await this.#until(async () => {
        for (const fetched of await fetcher.poll({ maxWaitMs: POLL_MS })) {
          const cursor = cursorOver(fetched);
          while (cursor.next()) {
            const headers = cursor.headers().map(({ key, value }) => ({ key, value: copyOf(value) }));
            const { timestamp } = cursor;
            consumed.append(topic, { key: copyOf(cursor.key()), value: copyOf(cursor.value()), timestamp, headers });
          }
        }
        return consumed.records(topic).length >= count;
      });
    }
    return consumed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
    await this.#client.close();
    await this.#broker.close();
    await rm(this.#stateDir, { recursive: true, force: true });
  }

  async #until(isDone: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + RECORDS_TIMEOUT_MS;
    while (!(await isDone()) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

function copyOf(bytes: Uint8Array | null): Uint8Array | null {
  return bytes === null ? null : Uint8Array.from(bytes);
}
