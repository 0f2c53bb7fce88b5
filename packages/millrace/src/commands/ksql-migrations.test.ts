import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { KsqlClient, KsqlServer } from '@millrace/ksql';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runTool } from '../test-support/kafkas.ts';

let broker: Broker;
let server: KsqlServer;
let client: KsqlClient;
let folder: string;
let config: string;

beforeAll(async () => {
  broker = await Broker.start({ port: -1, config: { 'group.initial.rebalance.delay.ms': '0' } });
  const settings = { 'auto.offset.reset': 'earliest', 'commit.interval.ms': '50' };
  server = await KsqlServer.start({ engine: { dial: () => broker.connect(), config: settings }, port: 0 });
  client = new KsqlClient({ url: server.url });
});

afterAll(async () => {
  await client.close();
  await server.close();
  await broker.close();
});

const tool = (...args: string[]) => runTool({}, 'ksql-migrations', args);
const inProject = (action: string, ...args: string[]) => tool(action, '-c', config, ...args);

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'millrace-migrations-')), 'project');
  config = join(folder, 'ksql-migrations.properties');
  const made = await tool('new-project', folder, server.url);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(await inProject('initialize-metadata')).toMatchObject({ code: 0, err: '' });
});

afterEach(async () => {
  expect(await inProject('destroy-metadata')).toMatchObject({ code: 0, err: '' });
  expect(await client.listStreams()).not.toContainEqual(expect.objectContaining({ name: 'MIGRATION_EVENTS' }));
  rmSync(folder, { recursive: true });
});

function migration(name: string, sql: string): string {
  const path = join(folder, 'migrations', name);
  writeFileSync(path, sql);
  return path;
}

test('versions are applied in order, each once, and written down with checksum and times', async () => {
  expect(await inProject('create', 'Add orders')).toMatchObject({ code: 0 });
  const first = migration(
    'V000001__Add_orders.sql',
    `-- Orders; all of them.
DEFINE target = 'orders_\${env}';
CREATE STREAM orders (id STRING KEY, n INT) WITH (kafka_topic='\${target}', partitions=1, value_format='JSON');
INSERT INTO orders (id, n) VALUES ('a;b', 1);
`,
  );
  const second = migration(
    'V000002__Count.sql',
    "SET 'auto.offset.reset'='earliest'; CREATE TABLE counted AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id;",
  );
  migration('notes.txt', 'nothing');
  const dry = await inProject('apply', '--all', '--dry-run', '-d', 'env=test');
  expect(dry.out).toContain('This is a dry run.');
  expect(dry.out).toContain('Skipping file does not match expected migration file pattern');
  expect(await inProject('info', '--json')).toMatchObject({ code: 0, out: expect.stringContaining('"current": null') });
  const applied = await tool('--config-file', config, 'apply', '--next', '-d', 'env=test');
  expect(applied).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Applying migration version 1: Add orders'),
  });
  expect(await inProject('apply', '-a', '--json')).toMatchObject({
    out: expect.stringMatching(/"applied": \[\s*2\s*\]/),
  });
  expect(await inProject('apply', '-a')).toMatchObject({
    out: expect.stringContaining('No eligible migrations found.'),
  });
  expect(await client.describeSource('orders')).toMatchObject({ topic: 'orders_test' });
  // The table follows its stream in its own time.
  const counted = async () => (await client.executeQuery("SELECT * FROM counted WHERE id = 'a;b';")).rows;
  await expect.poll(counted, { timeout: 10_000 }).toEqual([['a;b', 1n]]);
  const kept = await client.executeQuery(
    "SELECT * FROM migration_schema_versions WHERE version_key IN ('1', '2', 'CURRENT');",
  );
  const md5 = (path: string) => createHash('md5').update(readFileSync(path)).digest('hex');
  const common = { STATE: 'MIGRATED', STARTED_ON: expect.stringMatching(/^\d{13}$/), ERROR_REASON: 'N/A' };
  const one = { ...common, VERSION: '1', NAME: 'Add orders', CHECKSUM: md5(first), PREVIOUS: '<none>' };
  const two = { ...common, VERSION: '2', NAME: 'Count', CHECKSUM: md5(second), PREVIOUS: '1' };
  const byKey = new Map(kept.objects().map((row) => [row.VERSION_KEY, row]));
  expect(byKey.get('1')).toMatchObject(one);
  expect(byKey.get('2')).toMatchObject(two);
  expect(byKey.get('CURRENT')).toMatchObject(two);
  const info = await inProject('info');
  expect(info.out).toMatch(
    /\nCurrent migration version: 2\n Version \| Name +\| State +\| Previous Version \| Started On/,
  );
  expect(info.out).toMatch(/ 2 +\| Count +\| MIGRATED \| 1 +\| 20\d\d-/);
  expect(await inProject('validate')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Successfully validated'),
  });
  writeFileSync(first, 'changed;');
  expect(await inProject('validate')).toMatchObject({
    code: 1,
    err: expect.stringContaining('does not match the checksum saved for this version'),
  });
  rmSync(first);
  expect(await inProject('apply', '-n')).toMatchObject({
    code: 1,
    err: expect.stringContaining('No migrations file found'),
  });
}, 30_000);

test('one that fails is written down with its reason, and is tried again', async () => {
  const path = migration(
    'V000003__Broken.sql',
    'CREATE TYPE here AS INT; CREATE STREAM broken AS SELECT * FROM nowhere;',
  );
  const failed = await inProject('apply', '-v', '3');
  expect(failed).toMatchObject({
    code: 1,
    err: expect.stringMatching(/Failed to execute sql: CREATE STREAM broken.*NOWHERE/),
  });
  expect((await inProject('info')).out).toMatch(/ 3 +\| Broken \| ERROR +\| <none> .*NOWHERE does not exist/);
  writeFileSync(path, 'DROP TYPE here;');
  expect(await inProject('apply', '-u', '3', '--json')).toMatchObject({ out: expect.stringMatching(/\[\s*3\s*\]/) });
  expect(await inProject('apply', '-v', '3')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Version must be newer than the last version migrated. Last version migrated was 3'),
  });
}, 30_000);

test.each([
  ['SELECT * FROM x;', "'SELECT' statements are not supported."],
  ['run  script "x";', "'RUN SCRIPT' statements are not supported."],
  ['CREATE TYPE a AS INT; CREATE', "missing semicolon: 'CREATE'"],
  ["CREATE TYPE a AS INT; SET 'x", 'failed to find closing token'],
  ['CREATE TYPE a AS INT; nonsense;', 'Failed to parse sql: nonsense;'],
])('%j is refused before anything is run', async (sql, message) => {
  migration('V000001__Wrong.sql', sql);
  expect(await inProject('apply', '--all')).toMatchObject({ code: 1, err: expect.stringContaining(message) });
  expect(await client.execute('SHOW TYPES;')).toMatchObject([{ types: {} }]);
});

test('what can not be is refused in the words of ksql-migrations', async () => {
  const refused = (run: Promise<{ code: number; err: string }>, code: number, message: string) =>
    expect(run).resolves.toMatchObject({ code, err: expect.stringContaining(message) });
  await refused(tool('new-project', folder, server.url), 1, 'File already exists');
  await refused(inProject('apply'), 2, 'give one of --next, --all, --until and --version');
  await refused(inProject('apply', '-n'), 1, 'No eligible migrations found.');
  await refused(inProject('apply', '-v', '7'), 1, 'No migration file with version 7 exists.');
  await refused(inProject('create', ''), 1, 'Description cannot be empty.');
  await refused(inProject('initialize-metadata'), 1, 'Failed to create stream MIGRATION_EVENTS');
  await inProject('create', 'a:b c', '-v', '5');
  expect(await inProject('create', 'next', '--json')).toMatchObject({
    out: expect.stringContaining('V000006__next.sql'),
  });
  await refused(inProject('create', 'again', '--version', '5'), 1, 'Found existing migrations file for version 5');
  migration('V000005__twice.sql', '');
  await refused(inProject('apply', '-a'), 1, 'Found multiple migration files with the same version. Version: 5.');
  writeFileSync(`${config}.other`, `ksql.server.url=${server.url}\nksql.migrations.stream.name=nothing\n`);
  await refused(tool('info', '-c', `${config}.other`), 1, "existence of migrations metadata stream 'nothing'");
  writeFileSync(`${config}.empty`, '');
  await refused(tool('info', '-c', `${config}.empty`), 1, 'Missing required property: ksql.server.url');
});
