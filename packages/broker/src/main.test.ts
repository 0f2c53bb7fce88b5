import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Broker } from './broker.ts';
import { runBroker } from './main.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-main-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const stop = Promise.withResolvers<void>();
  const stdout = {
    write: (text: string) => {
      out.push(text);
      // The ready line is the last thing before it waits to be stopped.
      stop.resolve();
    },
  };
  const stderr = { write: (text: string) => err.push(text) };
  const code = await runBroker(argv, env, { stdout, stderr, stopSignal: stop.promise });
  return { code, out: out.join(''), err: err.join('') };
}

test('says where it listens on one line, and ends with 0 when it is stopped', async () => {
  const { code, out } = await run(['--data', folder, '--port', '0', '--log-level', 'error']);
  expect(code).toBe(0);
  expect(out).toMatch(/^millrace broker ready: bootstrap\.servers=127\.0\.0\.1:\d+, data in .*\n$/);
  expect(fs.existsSync(path.join(folder, '.kafka_cleanshutdown'))).toBe(true);
});

test('with --json the line is JSON', async () => {
  const { out } = await run(['--memory', '--port', '0', '--json']);
  expect(JSON.parse(out)).toMatchObject({ event: 'ready', data: null });
});

function file(name: string, content: string): string {
  const path_ = path.join(folder, name);
  fs.writeFileSync(path_, content);
  return path_;
}

type Printed = readonly { readonly name: string; readonly value: string | null; readonly origin: string | null }[];

async function printed(argv: readonly string[], env: Record<string, string> = {}) {
  const { code, out, err } = await run([...argv, '--print-config', '--json'], env);
  expect([code, err]).toEqual([0, '']);
  return new Map((JSON.parse(out) as Printed).map(({ name, value, origin }) => [name, [value, origin]]));
}

test('flags win over the environment, that over the file, that over the defaults; each says where it comes from', async () => {
  const properties = file(
    'server.properties',
    '# a comment\nnum.partitions=2\nlog.retention.hours=3\nlog.roll.hours=4\n',
  );
  const env = { KAFKA_LOG_RETENTION_HOURS: '5', KAFKA_LOG_ROLL_HOURS: '6', KAFKA_HEAP_OPTS: '-Xmx1g' };
  const configs = await printed(['--config', properties, '--set', 'log.roll.hours=7'], env);
  expect(configs.get('num.partitions')).toEqual(['2', `${properties}:2`]);
  expect(configs.get('log.retention.hours')).toEqual(['5', 'KAFKA_LOG_RETENTION_HOURS']);
  expect(configs.get('log.roll.hours')).toEqual(['7', '--set']);
  expect(configs.get('default.replication.factor')).toEqual(['1', null]);
  expect(configs.has('heap.opts')).toBe(false);
});

test('configs as text are a properties file; secrets are not told', async () => {
  const properties = file('secret.properties', 'ssl.key.password=hush\nnum.partitions=2\n');
  const { out } = await run(['--config-file', properties, '--print-config']);
  expect(out).toContain(`# ${properties}:2\nnum.partitions=2\n`);
  expect(out).not.toContain('hush');
});

test('a listener of the file is used, unless a flag or a variable names a port', async () => {
  const properties = file(
    'server.properties',
    'listeners=PLAINTEXT://127.0.0.1:0\nadvertised.listeners=PLAINTEXT://outside:19092\n',
  );
  const base = ['--memory', '--json', '--config', properties];
  expect(JSON.parse((await run(base)).out)).toMatchObject({ bootstrapServers: 'outside:19092' });
  const plain = { bootstrapServers: expect.stringMatching(/^127\.0\.0\.1:\d+$/) };
  expect(JSON.parse((await run([...base, '--port', '0'])).out)).toMatchObject(plain);
  expect(JSON.parse((await run(base, { MILLRACE_PORT: '0' })).out)).toMatchObject(plain);
});

test('the file of a stock Kafka is taken, and what of it means nothing is named once', async () => {
  const properties = file('stock.properties', STOCK_KAFKA.replaceAll('DATA', folder).replaceAll(':909', ':0'));
  const { code, err } = await run(['--config', properties]);
  expect(code).toBe(0);
  const warnings = err.split('\n').filter((line) => line.includes(' warn '));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('"num.network.threads"');
  expect(warnings[0]).toContain('"controller.quorum.bootstrap.servers"');
  expect(fs.existsSync(path.join(folder, 'kraft-combined-logs', '.kafka_cleanshutdown'))).toBe(true);
});

// What one node of Kafka in combined mode needs, and what people leave in the file besides.
const STOCK_KAFKA = `
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=localhost:9093
listeners=PLAINTEXT://:909,CONTROLLER://:909
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
socket.request.max.bytes=104857600
log.dirs=DATA/kraft-combined-logs
num.partitions=1
num.recovery.threads.per.data.dir=1
offsets.topic.replication.factor=3
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
log.retention.hours=168
log.segment.bytes=1073741824
log.retention.check.interval.ms=300000
`;

test('wrong usage ends with 2 and says what is wrong and where', async () => {
  expect(await run(['--no-such-flag'])).toMatchObject({ code: 2, err: expect.stringContaining('--no-such-flag') });
  expect(await run(['--port', 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('--port x') });
  expect(await run([], { MILLRACE_LOG_LEVEL: 'loud' })).toMatchObject({
    code: 2,
    err: expect.stringContaining('MILLRACE_LOG_LEVEL loud: give one of debug, info, warn, error'),
  });
  expect(await run(['--set', 'num.partitions=0'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--set: Invalid value 0 for configuration num.partitions: Value must be at least 1'),
  });
  const properties = file('wrong.properties', 'node.id=1\n\nlog.segment.bytes=1GB\n');
  expect(await run(['--config', properties])).toMatchObject({
    code: 2,
    err: expect.stringContaining(`${properties}:3: Invalid value 1GB for configuration log.segment.bytes`),
  });
  expect(await run(['--config', path.join(folder, 'nowhere')])).toMatchObject({ code: 2 });
});

test('a broker that can not start ends with 1: its folder is in use, or its port', async () => {
  await using first = await Broker.start({ data: folder });
  expect(await run(['--data', folder, '--port', '0'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('the data folder is in use by'),
  });
  expect(await run(['--memory', '--port', String(first.port)])).toMatchObject({
    code: 1,
    err: expect.stringContaining('is in use: choose another port'),
  });
});

test('the log tells start and stop, as JSON where that is wanted', async () => {
  const { err } = await run(['--memory', '--port', '0', '--metrics-port', '0', '--log-format', 'json']);
  const events = err
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.map(({ message }) => message)).toEqual(['started', 'stopping', 'stopped']);
  expect(events[0]).toMatchObject({
    level: 'info',
    data: null,
    metricsPort: expect.any(Number),
    startMs: expect.any(Number),
  });
});

test('a file says all that flags say: how to log, and when a write is safe', async () => {
  const properties = file(
    'all.properties',
    'millrace.log.format=json\nmillrace.log.level=warn\nmillrace.flush=always\n',
  );
  expect(await run(['--memory', '--port', '0', '--config', properties])).toMatchObject({ code: 0, err: '' });
  const { err } = await run(['--memory', '--port', '0', '--config', properties, '--log-level', 'info']);
  expect(JSON.parse(err.split('\n')[0]!)).toMatchObject({ message: 'started' });
  const wrong = file('wrong-flush.properties', 'millrace.flush=never\n');
  expect(await run(['--config', wrong])).toMatchObject({ code: 2, err: expect.stringContaining(`${wrong}:1: `) });
});

test('--help names every flag', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  const flags = [
    'data',
    'memory',
    'host',
    'port',
    'config',
    'config-file',
    'set',
    'add-scram',
    'flush',
    'metrics-port',
  ];
  for (const flag of [...flags, 'log-level', 'log-format', 'json', 'print-config', 'help'])
    expect(out).toContain(`--${flag}`);
});
