import { once } from 'node:events';
import { join } from 'node:path';
import { Client, cursorOver } from '@millrace/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apacheKafkaMissing, startApacheKafka } from '../../packages/client/src/test-support/apache-kafka.ts';
import { compileJava, hasJava, type JavaProcess, kafkaJars, runJava, startJava } from '../support/java.ts';
import { type BrokerProcess, ROOT, startBrokerProcess, titled } from '../support/millrace-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Java Kafka Streams with group.protocol=streams (KIP-1071): the broker assigns the tasks of its instances.

const jars = kafkaJars();
const canRun = jars !== null && hasJava();
const NEEDS = 'a JDK and the jars of ../shared/kafka';
const TIMEOUT_MS = 180_000;
const PATIENCE_MS = 60_000;
const PARTITIONS = 4;
const THREADS = '2';
const GROUP_TOOL = 'org.apache.kafka.tools.streams.StreamsGroupCommand';
/** Sooner than Kafka's defaults: a killed instance is out of its group after a few seconds. */
const QUICK = ['group.streams.session.timeout.ms=6000', 'group.streams.heartbeat.interval.ms=500'];
const QUICK_ON_KAFKA = [
  ...QUICK,
  'group.streams.min.session.timeout.ms=1000',
  'group.streams.min.heartbeat.interval.ms=100',
  'group.streams.initial.rebalance.delay.ms=0',
];

const folder = temporaryFolder();
const classes = join(folder.path, 'classes');

afterAll(() => folder[Symbol.dispose]());

/** An application whose instances come and go, on a broker. */
class Story implements AsyncDisposable {
  readonly #bootstrap: string;
  readonly #client: Client;
  readonly #instances: JavaProcess[] = [];
  readonly #expected = new Map<string, number>();

  constructor(bootstrapServers: string) {
    this.#bootstrap = bootstrapServers;
    this.#client = new Client({ bootstrapServers });
  }

  async begin(): Promise<void> {
    const topics = ['lines', 'counts'].map((name) => ({ name, partitionCount: PARTITIONS }));
    await this.#client.admin.createTopics(topics);
  }

  async start(name: string): Promise<JavaProcess> {
    const state = join(folder.path, `${name}-${this.#bootstrap.replace(':', '-')}`);
    const port = String(9000 + this.#instances.length);
    const args = [this.#bootstrap, 'word-count', state, 'streams', THREADS, port];
    const instance = startJava(classes, jars!, 'WordCount', args);
    this.#instances.push(instance);
    await instance.said('state RUNNING', PATIENCE_MS);
    return instance;
  }

  /** Writes lines, and waits until every word of them is counted. */
  async count(...lines: readonly string[]): Promise<void> {
    await using producer = this.#client.producer();
    const sent = Array.from({ length: 300 }, (_, at) => {
      const line = lines[at % lines.length]!;
      for (const word of line.split(' ')) this.#expected.set(word, (this.#expected.get(word) ?? 0) + 1);
      return producer.send({ topic: 'lines', key: Buffer.from(`k${at}`), value: Buffer.from(line) });
    });
    await Promise.all(sent);
    await expect.poll(() => this.counts(), { timeout: PATIENCE_MS, interval: 200 }).toEqual(this.expected);
  }

  get expected(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#expected].sort());
  }

  /** The newest committed count of each word. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    const isolationLevel = 'read_committed';
    const places = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: 'counts', partition }));
    const ends = await this.#client.admin.listOffsets(places, 'latest', { isolationLevel });
    await using fetcher = this.#client.fetcher({ isolationLevel });
    for (const { partition } of places) fetcher.assign('counts', partition, 0);
    const counts = new Map<string, number>();
    while (ends.some(({ partition, offset }) => fetcher.position('counts', partition)! < offset)) {
      for (const fetched of await fetcher.poll({ maxWaitMs: 100 })) {
        const cursor = cursorOver(fetched);
        while (cursor.next()) {
          const count = Number(Buffer.from(cursor.value()!).readBigInt64BE());
          counts.set(Buffer.from(cursor.key()!).toString(), count);
        }
      }
    }
    return Object.fromEntries([...counts].sort());
  }

  async describe(...more: readonly string[]): Promise<string> {
    return await runJava(jars!, GROUP_TOOL, ['--bootstrap-server', this.#bootstrap, ...more]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const instance of this.#instances) instance.kill();
    await this.#client.close();
  }
}

/**
 * One instance, a second one that comes, the first one that goes, something that happens to the broker, and one that dies,
 * or goes. Answers what was counted.
 */
async function comingAndGoing(
  story: Story,
  end: (instance: JavaProcess) => unknown,
  disturb: () => Promise<void> = async () => {},
): Promise<Readonly<Record<string, number>>> {
  await story.begin();
  const first = await story.start('first');
  await story.count('a b c', 'b c', 'c');
  const second = await story.start('second');
  await story.count('c d e f', 'f g');
  expect(await first.close()).toContain('closed');
  await story.count('a', 'h');
  await story.start('third');
  await story.count('a b i', 'c');
  await disturb();
  await story.count('k', 'a k');
  await end(second);
  await story.count('j a', 'b c');
  return await story.counts();
}

describe.skipIf(!canRun)(titled('Java Kafka Streams in a streams group', canRun, NEEDS), () => {
  let broker: BrokerProcess;
  const startBroker = (...args: string[]): Promise<BrokerProcess> => {
    const settings = QUICK.flatMap((config) => ['--set', config]);
    return startBrokerProcess('--data', join(folder.path, 'data'), ...settings, ...args);
  };

  beforeAll(async () => {
    await compileJava([join(ROOT, 'tests/java/WordCount.java')], jars!, classes);
    broker = await startBroker();
  }, TIMEOUT_MS);

  afterAll(async () => {
    await broker?.stop();
  });

  test(
    'every word is counted once, whoever comes, goes or dies, the broker too, and Kafka’s tool tells who does what',
    async () => {
      await using story = new Story(broker.bootstrap);
      const killBroker = async (): Promise<void> => {
        const port = broker.bootstrap.split(':').at(-1)!;
        broker.process.kill('SIGKILL');
        await once(broker.process, 'exit');
        broker = await startBroker('--port', port);
      };
      await comingAndGoing(story, (instance) => instance.kill(), killBroker);
      expect(await story.describe('--list')).toContain('word-count');
      const members = await story.describe('--describe', '--group', 'word-count', '--members', '--verbose');
      expect(members.match(/ streams /g)).toHaveLength(Number(THREADS));
      expect(members.match(/TARGET-ACTIVE: 0:\[/g)).toHaveLength(Number(THREADS));
      const state = await story.describe('--describe', '--group', 'word-count', '--state');
      expect(state).toMatch(/word-count .* Stable +2/);
    },
    TIMEOUT_MS,
  );

  test.skipIf(apacheKafkaMissing() !== undefined)(
    'the same is counted on Apache Kafka',
    async () => {
      const kafka = await startApacheKafka(QUICK_ON_KAFKA);
      try {
        await using story = new Story(kafka.bootstrapServers);
        await using here = new Story(broker.bootstrap);
        // There a member that died is only found out after 45 s, whatever the broker's config says.
        expect(await comingAndGoing(story, (instance) => instance.close())).toEqual(await here.counts());
      } finally {
        kafka.stop();
      }
    },
    TIMEOUT_MS,
  );
});
