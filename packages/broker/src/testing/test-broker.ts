import { FakeClock } from '@millrace/base/testing';
import type { ApiName, ApiTypes } from '@millrace/protocol';
import { Broker } from '../broker.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { TEST_START_MS } from './test-log.ts';

const COORDINATOR_PARTITIONS = {
  'offsets.topic.num.partitions': '1',
  'transaction.state.log.num.partitions': '1',
  'share.coordinator.state.topic.num.partitions': '1',
};
const STEP_MS = 1000;
const TURNS = 12;

/** A whole broker in memory, on a clock of its own, that can be killed and started again. */
export class TestBroker implements AsyncDisposable {
  readonly clock: FakeClock = new FakeClock(TEST_START_MS);
  readonly #config: Readonly<Record<string, string>>;
  #files = new MemoryFiles();
  #broker: Broker | null = null;

  private constructor(config: Readonly<Record<string, string>>) {
    this.#config = { ...COORDINATOR_PARTITIONS, ...config };
  }

  static async start(config: Readonly<Record<string, string>> = {}): Promise<TestBroker> {
    const started = new TestBroker(config);
    await started.#start(config);
    return started;
  }

  get broker(): Broker {
    return this.#broker!;
  }

  /** Sends a request on a connection of its own: an answer that waits must not hold back others. */
  readonly send = async <A extends ApiName>(
    name: A,
    version: number,
    request: ApiTypes[A]['request'],
  ): Promise<ApiTypes[A]['response']> => {
    const connection = await this.broker.connect();
    return await connection.send(name, version, request);
  };

  async createTopics(topics: Readonly<Record<string, number>>): Promise<void> {
    await this.send('CreateTopics', 7, {
      topics: Object.entries(topics).map(([name, numPartitions]) => ({
        name,
        numPartitions,
        replicationFactor: 1,
        assignments: [],
        configs: [],
      })),
      timeoutMs: 0,
      validateOnly: false,
    });
  }

  /** Lets time pass, and what is due happen. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      this.clock.advance(Math.min(left, STEP_MS));
      await this.turn();
    }
  }

  async turn(): Promise<void> {
    for (let count = 0; count < TURNS; count++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Another broker on what a kill −9 leaves of this one. */
  async restart(config: Readonly<Record<string, string>> = {}): Promise<void> {
    const killed = this.broker;
    this.#files = this.#files.clone();
    await this.#start(config);
    await this.turn();
    await killed.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.broker.close();
  }

  async #start(config: Readonly<Record<string, string>>): Promise<void> {
    this.#broker = await Broker.start({
      port: -1,
      files: this.#files,
      clock: this.clock,
      local: { freeze: true, codecCheck: true },
      config: { ...this.#config, ...config },
    });
  }
}
