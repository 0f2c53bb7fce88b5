import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { expect, test } from 'vitest';
import { TOOLS } from '../commands/catalogue.ts';
import { runTool } from '../test-support/kafkas.ts';
import { parseDuration, parseTime } from './times.ts';

const run = (name: string, ...args: readonly string[]) => runTool({}, name, args);

test('every command and action tells its options, examples and JSON shape', async () => {
  for (const [name, { load }] of Object.entries(TOOLS)) {
    const command = await load();
    const actions =
      command.kind === 'single'
        ? ([[command.action, name]] as const)
        : Object.entries(command.actions).map(([action, each]) => [each, `${name} ${action}`] as const);
    for (const [action, path] of actions) {
      const [first, ...rest] = path.split(' ');
      const { code, out, err } = await run(first!, ...rest, '--help');
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain(`Usage: millrace ${path}`);
      expect(action.examples.length).toBeGreaterThan(0);
      // The action that is meant where none is named need not be.
      const named = command.kind === 'group' && command.actions[command.otherwise ?? ''] === action ? name : path;
      for (const { line } of action.examples) expect(line).toContain(`millrace ${named}`);
      expect(out).toContain(action.json);
    }
  }
});

test.each([
  [['topics', 'list', '--jsno'], 'there is no option --jsno; did you mean --json?'],
  [['topics', 'lst'], "there is no action 'lst'; did you mean 'list'?"],
  [['topics', 'create'], 'TOPIC is missing'],
  [['topics', 'create', 't', '--partitions'], '--partitions needs a value: COUNT'],
  [['topics', 'create', 't', '--partitions', '--dry-run'], '--partitions needs a value: COUNT'],
  [['topics', 'create', 't', '--partitions', 'two'], "--partitions 'two' is not a whole number from 1"],
  [['topics', 'create', 't', '--set', 'x'], "--set 'x' is not KEY=VALUE"],
  [['topics', 'list', '--json=yes'], '--json takes no value'],
  [['topics', 'list', 'orders'], "'orders' is one argument too many"],
  [['topics', 'alter', 't'], 'nothing to change'],
  [['produce', 't', '--acks', '2'], "--acks '2' is none of all, 1, 0"],
  [['groups', 'reset-offsets', 'g', '--topic', 't', '--to-earliest', '--to-latest'], 'give one of --to-earliest'],
  [['acls', 'add', '--producer', '--topic', 't'], 'who? Give --allow'],
  [['acls', 'add', '--allow', 'alice', '--topic', 't'], "'alice' is no principal"],
  [['acls', 'add', '--allow', 'User:a', '--consumer', '--topic', 't'], '--consumer needs --topic and --group'],
  [['acls', 'remove'], 'which rules?'],
  [['quotas', 'alter', '--set', 'producer_byte_rate=1'], 'whose quotas?'],
  [['configs', 'describe', 'table', 't'], "'table' is no TYPE"],
  [['configs', 'describe', 'topic', 't', '--config', '/no/such/file'], '--config /no/such/file'],
  [['cluster', '--bootstrap', 'a:b:c'], "'a:b:c' in bootstrapServers is not host:port"],
])('what was typed wrong is said, with exit code 2: %j', async (line, message) => {
  const [name, ...args] = line as unknown as readonly [string, ...string[]];
  const { code, out, err } = await run(name, ...args);
  expect(err).toContain(message);
  expect(err).toContain(`millrace ${name}`);
  expect([code, out]).toEqual([2, '']);
});

test('a broker that is not there is an error of the world: exit code 1, and a hint', async () => {
  const nobody = ['--bootstrap', '127.0.0.1:1', '--retry-timeout-ms', '50'];
  const { code, err } = await run('cluster', ...nobody);
  expect(code).toBe(1);
  expect(err).toContain('ECONNREFUSED');
  expect(err).toContain("'millrace broker' starts one");
  const json = await run('cluster', ...nobody, '--json');
  expect(JSON.parse(json.err)).toMatchObject({ error: { code: 'CONNECTION_CLOSED' } });
});

test('--bootstrap wins over --property, --property over --config', async () => {
  const file = join(tmpdir(), `millrace-config-${process.pid}.properties`);
  writeFileSync(file, 'bootstrap.servers=127.0.0.1:1\n');
  const asked = async (...more: readonly string[]) =>
    (await run('cluster', '--config', file, '--retry-timeout-ms', '1', ...more)).err.match(/127\.0\.0\.1:\d/)?.[0];
  expect(await asked()).toBe('127.0.0.1:1');
  expect(await asked('--property', 'bootstrap.servers=127.0.0.1:2')).toBe('127.0.0.1:2');
  expect(await asked('--property', 'bootstrap.servers=127.0.0.1:2', '--bootstrap', '127.0.0.1:3')).toBe('127.0.0.1:3');
});

test('a file of client properties lets the user in that it names, and nobody else', async () => {
  await using broker = await Broker.start({
    listeners: [{ name: 'CLIENTS', host: '127.0.0.1', port: 0, sasl: [{ mechanism: 'SCRAM-SHA-512' }] }],
    scramUsers: [{ mechanism: 'SCRAM-SHA-512', name: 'admin', password: 'right "one"' }],
  });
  const file = join(tmpdir(), `millrace-sasl-${process.pid}.properties`);
  const login = (password: string) =>
    [
      `bootstrap.servers=${broker.bootstrapServers}`,
      'security.protocol=SASL_PLAINTEXT',
      'sasl.mechanism=SCRAM-SHA-512',
      'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\',
      `  username="admin" password="${password.replaceAll('"', '\\\\"')}";`,
    ].join('\n');
  writeFileSync(file, login('right "one"'));
  expect(await run('cluster', '--config', file, '--json')).toMatchObject({ code: 0, err: '' });
  writeFileSync(file, login('wrong one'));
  expect(await run('cluster', '--command-config', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('SASL_AUTHENTICATION_FAILED'),
  });
});

test('times and durations are read as people and Kafka write them', () => {
  expect(parseTime('1700000000000')).toBe(1_700_000_000_000);
  expect(parseTime('1970-01-02')).toBe(86_400_000);
  expect(parseTime('1970-01-01T00:00:01')).toBe(1_000);
  expect(parseTime('1970-01-01 00:00:01.5')).toBe(1_500);
  expect(parseTime('1970-01-01T01:00:00+01:00')).toBe(0);
  expect(() => parseTime('yesterday')).toThrow("'yesterday' is no time");
  expect(['90s', '15m', '2h', '7d', '5ms'].map(parseDuration)).toEqual([90_000, 900_000, 7_200_000, 604_800_000, 5]);
  expect(['P1DT12H', 'PT0.5S', 'P2W', 'pt5m'].map(parseDuration)).toEqual([129_600_000, 500, 1_209_600_000, 300_000]);
  for (const wrong of ['P', 'PT', '5', 'P1H', '1 day']) expect(() => parseDuration(wrong)).toThrow('is no duration');
});
