import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apacheKafkaMissing, startApacheKafka } from '../../packages/client/src/test-support/apache-kafka.ts';
import { compileJava, hasJava, kafkaJars, runJava } from '../support/java.ts';
import { type BrokerProcess, ROOT, startBrokerProcess, titled } from '../support/millrace-command.ts';
import { millraceResults } from '../support/millrace-results.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const jars = kafkaJars();
const canRun = jars !== null && hasJava();
const NEEDS = 'a JDK and the jars of ../shared/kafka';
const TIMEOUT_MS = 180_000;

/** Applications of Java Kafka Streams that read their own output back and hold it against what it must be. */
const STREAMS_SOURCES = join(ROOT, '../shared/anchors/streams-java/src/main/java/millrace/anchor');
const RECORDS = '20000';
/** Counts with a state store, windows, and joins with a table and with a stream. */
const COMPARED = ['count-eos', 'window', 'table-join', 'stream-join'] as const;

let broker: BrokerProcess;
const folder = temporaryFolder();

beforeAll(async () => {
  if (canRun) broker = await startBrokerProcess('--data', join(folder.path, 'data'));
});

afterAll(async () => {
  await broker?.stop();
  folder[Symbol.dispose]();
});

describe.skipIf(!canRun)(titled('Java clients against `millrace broker`', canRun, NEEDS), () => {
  test(
    'the console consumer reads in a group of the new protocol what the console producer wrote',
    async () => {
      const values = Array.from({ length: 100 }, (_, index) => `value ${index}`);
      const server = ['--bootstrap-server', broker.bootstrap, '--topic', 'java-console'];
      await runJava(jars!, 'org.apache.kafka.tools.ConsoleProducer', server, `${values.join('\n')}\n`);
      const printed = await runJava(jars!, 'org.apache.kafka.tools.consumer.ConsoleConsumer', [
        ...server,
        '--from-beginning',
        ...['--command-property', 'group.protocol=consumer', '--group', 'java-group', '--max-messages', '100'],
      ]);
      expect(printed.trim().split('\n').sort()).toEqual([...values].sort());
      const groups = await runJava(jars!, 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
        ...['--bootstrap-server', broker.bootstrap, '--describe', '--group', 'java-group', '--state'],
      ]);
      expect(groups).toContain('Empty');
    },
    TIMEOUT_MS,
  );
});

const canStream = canRun && existsSync(STREAMS_SOURCES);

describe.skipIf(!canStream)(titled('Java Kafka Streams on `millrace broker`', canStream, NEEDS), () => {
  const classes = join(folder.path, 'classes');
  const java = (main: string, args: readonly string[]): Promise<string> =>
    runJava([classes, jars!].join(delimiter), `millrace.anchor.${main}`, args);
  const application = (...args: string[]): Promise<string> => java('Bench', args);
  const results = async (bootstrap: string): Promise<string[]> =>
    (await java('StreamsResults', [bootstrap, RECORDS, ...COMPARED])).trim().split('\n');
  let onMillrace: Promise<string[]> | undefined;
  const javaOnMillrace = (): Promise<string[]> => {
    onMillrace ??= results(broker.bootstrap);
    return onMillrace;
  };

  beforeAll(async () => {
    const sources = readdirSync(STREAMS_SOURCES).map((name) => join(STREAMS_SOURCES, name));
    await compileJava([...sources, join(ROOT, 'tests/java/StreamsResults.java')], jars!, classes);
    await application('load', broker.bootstrap, RECORDS);
  }, TIMEOUT_MS);

  test.each(['count-eos', 'stream-join'])(
    '%s gives what it must',
    async (job) => {
      const printed = await application('run', broker.bootstrap, job, '2', RECORDS);
      expect(JSON.parse(printed)).toMatchObject({ job, check: 'ok' });
    },
    TIMEOUT_MS,
  );

  test(
    'exactly once, through restarts without state, Millrace gives every record that Java gives',
    async () => {
      const expected = await javaOnMillrace();
      const found: string[] = [];
      for (const job of COMPARED) found.push(...(await millraceResults(broker.bootstrap, Number(RECORDS), job)));
      expect(found.length).toBe(expected.length);
      expect(found.find((line, index) => line !== expected[index])).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  test.skipIf(apacheKafkaMissing() !== undefined)(
    'exactly once, every record of the results is what it is on Apache Kafka',
    async () => {
      const kafka = await startApacheKafka();
      try {
        await application('load', kafka.bootstrapServers, RECORDS);
        const expected = await results(kafka.bootstrapServers);
        const found = await javaOnMillrace();
        for (const job of COMPARED) expect(expected.filter((line) => line.startsWith(`${job} `))).not.toEqual([]);
        expect(found.length).toBe(expected.length);
        expect(found.find((line, index) => line !== expected[index])).toBeUndefined();
      } finally {
        kafka.stop();
      }
    },
    TIMEOUT_MS,
  );
});
