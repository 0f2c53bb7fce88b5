import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { KsqlServer } from '@millrace/ksql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTool } from '../test-support/kafkas.ts';

let broker: Broker;
let server: KsqlServer;
const folder = mkdtempSync(join(tmpdir(), 'millrace-ksql-command-'));

beforeAll(async () => {
  broker = await Broker.start({ port: -1, config: { 'group.initial.rebalance.delay.ms': '0' } });
  const config = { 'auto.offset.reset': 'earliest', 'commit.interval.ms': '50' };
  server = await KsqlServer.start({ engine: { dial: () => broker.connect(), config }, port: 0 });
});

afterAll(async () => {
  await server.close();
  await broker.close();
});

const ksql = (stdin: string, ...args: string[]) => runTool({ stdin }, 'ksql', [server.url, ...args]);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('statements of the command line, of a file and of standard input are run, and rows shown', async () => {
  const script = file(
    'make.sql',
    `DEFINE target = 'orders';
CREATE STREAM orders (id STRING KEY, amount BIGINT) WITH (kafka_topic='\${target}', partitions=1, value_format='JSON');
INSERT INTO orders (id, amount) VALUES ('a', 9007199254740993);`,
  );
  const made = await ksql('', '-f', script);
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining(' Stream created ') });
  const shown = await ksql('', '-e', 'SHOW STREAMS');
  expect(shown.out).toMatch(/\n Stream Name \| Kafka Topic .*\n-+\n ORDERS +\| orders +\| KAFKA/);
  const rows = await ksql('SELECT id,\n amount FROM orders EMIT CHANGES LIMIT 1;\nnonsense;\nexit\n');
  expect(rows.code).toBe(0);
  expect(rows.out).toMatch(/\|ID +\|AMOUNT +\|\n\+-+\+-+\+\n\|a +\|9007199254740993 +\|\nLimit Reached\n/);
  expect(rows.out).toContain('Syntax Error');
  for (const asked of [['--json'], ['--output', 'JSON']]) {
    const { out } = await ksql('', ...asked, '-e', 'SELECT * FROM orders EMIT CHANGES LIMIT 1;');
    expect(out).toMatch(/^\{"queryId":.*\}\n\{"columns":\["a",9007199254740993\]\}\n$/);
  }
  const failed = await ksql('', '-e', 'DROP STREAM nothing;');
  expect(failed).toMatchObject({ code: 1, err: expect.stringContaining('NOTHING does not exist') });
});

test('queries end after so many rows or milliseconds; variables and settings come from outside', async () => {
  const settings = file('cli.properties', 'ssl.endpoint.identification.algorithm=\nauto.offset.reset=latest\n');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of SQL
  const select = 'SELECT id FROM ${source} EMIT CHANGES;';
  const one = await ksql('', '-d', 'source=orders', '--query-row-limit', '1', '-e', select);
  expect(one).toMatchObject({ code: 0, out: expect.stringMatching(/\n\|a +\|\nQuery terminated\n$/) });
  const none = await ksql(
    ...(['', '-d', 'source=orders', '--config-file', settings, '--query-timeout', '50', '-e', select] as const),
  );
  expect(none).toMatchObject({ code: 0, out: expect.stringMatching(/\|ID +\|\n\+-+\+\nQuery terminated\n$/) });
});

test('a server that is not there is said, and where it was looked for', async () => {
  const lost = await runTool({}, 'ksql', ['127.0.0.1:1', '-e', 'SHOW STREAMS;']);
  expect(lost).toMatchObject({ code: 1, err: expect.stringContaining('no ksqlDB server at http://127.0.0.1:1') });
});

test('fmt changes files in place, checks them, and formats what it reads', async () => {
  const path = file('long.sql', 'select   a from s   emit changes;\n');
  const fmt = (stdin: string, ...args: string[]) => runTool({ stdin }, 'ksql', ['fmt', ...args]);
  expect(await fmt('', '--check', path)).toMatchObject({ code: 1, err: expect.stringContaining('not formatted') });
  expect(await fmt('', path)).toMatchObject({ code: 0, out: 'Formatted 1, left 0 as they were\n' });
  expect(readFileSync(path, 'utf8')).toBe('SELECT a FROM s EMIT CHANGES;\n');
  expect(await fmt('', '--check', path)).toMatchObject({ code: 0 });
  expect(await fmt('show   streams ;')).toMatchObject({ code: 0, out: 'SHOW STREAMS;\n' });
  expect(await fmt('selec;')).toMatchObject({ code: 1, err: expect.stringContaining('line 1:1') });
});

test('ksql-test runs tests of SQL and tells what differs', async () => {
  const path = file(
    'tests.sql',
    `--@test: passes
CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON');
CREATE STREAM o AS SELECT id, v * 2 AS w FROM s;
INSERT INTO s (id, v) VALUES ('a', 2);
ASSERT VALUES o (id, w) VALUES ('a', 4);
--@test: fails
CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON');
INSERT INTO s (id, v) VALUES ('a', 2);
ASSERT VALUES s (id, v) VALUES ('a', 3);
`,
  );
  const result = await runTool({}, 'ksql-test', [path]);
  expect(result.code).toBe(1);
  expect(result.out).toContain('tests.sql – passes\n');
  expect(result.out).toMatch(/FAILED .*fails\n +.*Expected record does not match actual[\s\S]*V=3[\s\S]*V=2/);
  const one = await runTool({}, 'ksql-test', [path, '--filter', 'passes', '--json']);
  expect(one).toMatchObject({ code: 0 });
  expect(JSON.parse(one.out)).toMatchObject({ passed: 1, failed: 0 });
  expect(await runTool({}, 'ksql-test', [`${folder}/nothing`])).toMatchObject({ code: 2 });
});
