import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('takes configs from environment, file and flags, the later over the earlier', async () => {
  const file = path.join(folder, 'server.properties');
  fs.writeFileSync(
    file,
    '# a comment\nlisteners=PLAINTEXT://127.0.0.1:0\nadvertised.listeners=PLAINTEXT://outside:19092\n',
  );
  const { code, out } = await run(['--memory', '--json', '--config-file', file, '--set', 'num.partitions=2'], {
    KAFKA_NUM_PARTITIONS: 'wrong, but the flag wins',
  });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ bootstrapServers: 'outside:19092' });
});

test('wrong usage ends with 2 and says what is wrong, a broker that cannot start with 1', async () => {
  expect(await run(['--no-such-flag'])).toMatchObject({ code: 2, err: expect.stringContaining('--no-such-flag') });
  expect(await run(['--port', 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('--port x') });
  expect(await run(['--memory', '--port', '0', '--set', 'num.partitions=0'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('Value must be at least 1'),
  });
});

test('--help names every flag', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  for (const flag of ['data', 'memory', 'host', 'port', 'config-file', 'set', 'flush', 'json', 'log-level']) {
    expect(out).toContain(`--${flag}`);
  }
});
