import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEachKafka } from '../test-support/kafkas.ts';

type Shown = {
  readonly key: string | { base64: string };
  readonly value: string | { base64: string };
  timestamp: number;
};

/** The tool stands still while it asks a registry, so that one must run elsewhere. */
const REGISTRY = `
  import { workerData, parentPort } from 'node:worker_threads';
  const { SchemaRegistryServer } = await import(workerData);
  const server = await SchemaRegistryServer.start({ port: 0 });
  parentPort.postMessage(server.url);
`;

let worker: Worker;
let registry: string;

beforeAll(async () => {
  const module = new URL('../../../ksql/src/registry/schema-registry-server.ts', import.meta.url).href;
  worker = new Worker(REGISTRY, { eval: true, workerData: module, execArgv: ['--input-type=module'] });
  registry = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
});

afterAll(() => worker.terminate());

onEachKafka((kafka) => {
  const shown = async (topic: string): Promise<Shown[]> => {
    const { out } = await kafka.run('consume', topic, '--from-beginning', '--until-end', '--json');
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Shown);
  };

  test('a quickstart fills its topic, as ksqlDB spells it and in this tool’s own way, and tells each record', async () => {
    const topic = kafka.name('users');
    const words = ['quickstart=users', `topic=${topic}`, 'iterations=5', 'nThreads=2', 'maxInterval=1'];
    const made = await kafka.run('ksql-datagen', ...words, '--seed', '3');
    expect(made).toMatchObject({ code: 0, err: '' });
    const [first = ''] = made.out.split('\n');
    expect(first).toMatch(/^User_\d --> \(\d+ \| User_\d \| Region_\d \| \w+\) ts:\d+$/);
    const records = await shown(topic);
    expect(records).toHaveLength(10);
    const { userid, ...rest } = JSON.parse(records[0]!.value as string) as Record<string, unknown>;
    expect(records[0]!.key).toBe(userid);
    expect(Object.keys(rest)).toEqual(['registertime', 'regionid', 'gender']);
    const again = kafka.name('users');
    const same = ['--quickstart', 'users', '--topic', again, '--iterations', '5', '--n-threads', '2', '--seed', '3'];
    const { out } = await kafka.run('ksql-datagen', ...same, '--json', '--msg-rate', '100000');
    expect(JSON.parse(out)).toEqual({ topic: again, records: 10 });
    expect((await shown(again)).map(({ value }) => value)).toEqual(records.map(({ value }) => value));
  });

  test('a schema of one’s own, delimited, with keys, times and the settings of its fields', async () => {
    const topic = kafka.name('trades');
    const folder = mkdtempSync(join(tmpdir(), 'millrace-datagen-'));
    const path = join(folder, 'trades.avsc');
    writeFileSync(join(folder, 'symbols.json'), '["AAA", "BBB"]');
    const fields = [
      { name: 'id', type: { type: 'long', 'arg.properties': { iteration: { start: 10 } } } },
      { name: 'at', type: { type: 'long', 'arg.properties': { iteration: { start: 1_700_000_000_000, step: 1000 } } } },
      {
        name: 'symbol',
        type: { type: 'string', 'arg.properties': { options: { file: 'symbols.json', encoding: 'json' } } },
      },
    ];
    writeFileSync(path, JSON.stringify({ type: 'record', name: 'trade', fields }));
    const settings = ['--key', 'id', '--key-format', 'json', '--timestamp', 'at', '--value-format', 'DELIMITED'];
    const made = await kafka.run(
      ...(['ksql-datagen', '--schema', path, '--topic', topic, ...settings] as const),
      ...['--value-delimiter', 'TAB', '--iterations', '3', '--print-rows', 'false'],
    );
    expect(made).toMatchObject({ code: 0, out: '', err: '' });
    expect(await shown(topic)).toMatchObject(
      [0, 1, 2].map((n) => ({
        key: String(10 + n),
        value: expect.stringMatching(new RegExp(`^${10 + n}\t17000000${String(n).padStart(2, '0')}000\t(AAA|BBB)$`)),
        timestamp: 1_700_000_000_000 + n * 1000,
      })),
    );
  });

  test.each(['avro', 'protobuf', 'json_sr'])('values in %s have their schema in the registry', async (format) => {
    const topic = kafka.name(format);
    const made = await kafka.run(
      ...(['ksql-datagen', 'quickstart=orders', `format=${format}`, `topic=${topic}`, 'iterations=2'] as const),
      `schemaRegistryUrl=${registry}`,
    );
    expect(made).toMatchObject({ code: 0, err: '' });
    const subjects = (await (await fetch(`${registry}/subjects`)).json()) as string[];
    expect(subjects).toContain(`${topic}-value`);
    expect(await shown(topic)).toHaveLength(2);
  });

  test('what is missing or wrong is said', async () => {
    const refused = async (words: readonly string[], message: string) =>
      expect(await kafka.run('ksql-datagen', ...words)).toMatchObject({
        code: 2,
        err: expect.stringContaining(message),
      });
    await refused([], 'Schema file not provided');
    await refused(['schema=/no/such/file'], 'Failed to read file: /no/such/file');
    await refused(['quickstart=users', 'key=nothing'], 'Key field does not exist: nothing');
    await refused(['quickstart=users', 'timestamp=gender'], 'The timestamp column type should be bigint/long');
    await refused(['quickstart=stars'], "'stars' is none of users");
    await refused(['quickstart=users', 'colour=red'], "Unknown argument name in 'colour'");
    await refused(['quickstart'], "Invalid argument format in 'quickstart'");
    await refused(['bootstrap-server=a:1'], 'give --bootstrap a:1');
  });
});
