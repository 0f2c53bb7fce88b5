import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from './broker.ts';

const run = promisify(execFile);

function isInstalled(): boolean {
  try {
    execFileSync('kcat', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const skipped = !isInstalled();
if (skipped) console.warn('kcat is not installed: run scripts/foreign-clients.sh for the tests with it');

let broker: Broker;

beforeAll(async () => {
  broker = await Broker.start({ config: { 'num.partitions': '2' } });
});

afterAll(() => broker.close());

async function kcat(args: readonly string[], input = ''): Promise<string> {
  const running = run('kcat', ['-b', broker.bootstrapServers, ...args], { timeout: 20_000 });
  running.child.stdin!.end(input);
  return (await running).stdout;
}

const KEYS_AND_VALUES = ['-e', '-q', '-f', '%k=%s\n'];

test.skipIf(skipped).each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])(
  'kcat reads what kcat wrote, compressed by %s',
  async (codec) => {
    const topic = `round-trip-${codec}`;
    const lines = Array.from({ length: 200 }, (_, index) => `key-${index}:value-${index}`);
    await kcat(['-t', topic, '-P', '-K:', '-z', codec], `${lines.join('\n')}\n`);
    const read = await kcat(['-t', topic, '-C', '-o', 'beginning', ...KEYS_AND_VALUES]);
    expect(read.trim().split('\n').sort()).toEqual(lines.map((line) => line.replace(':', '=')).sort());
  },
);

test.skipIf(skipped)('a kcat group goes on where it was', async () => {
  await kcat(['-t', 'grouped', '-P', '-K:', '-X', 'enable.idempotence=true'], 'a:1\nb:2\n');
  const consume = () => kcat(['-G', 'readers', 'grouped', '-X', 'auto.offset.reset=earliest', ...KEYS_AND_VALUES]);
  expect((await consume()).trim().split('\n').sort()).toEqual(['a=1', 'b=2']);
  await kcat(['-t', 'grouped', '-P', '-K:'], 'c:3\n');
  expect((await consume()).trim()).toBe('c=3');
});
