import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrokerProcess, commandPath, startBrokerProcess, titled } from '../support/millrace-command.ts';

const kcat = commandPath('kcat');

describe.skipIf(kcat === null)(titled('kcat (librdkafka) against `millrace broker`', kcat !== null), () => {
  let broker: BrokerProcess;
  const run = (args: string[], input = ''): string =>
    execFileSync(kcat!, ['-b', broker.bootstrap, ...args], { input, encoding: 'utf8', timeout: 20_000 });

  beforeAll(async () => {
    broker = await startBrokerProcess('--memory');
  });
  afterAll(async () => {
    await broker.stop();
  });

  test('the cluster is listed with its one broker', () => {
    expect(run(['-L'])).toContain('1 brokers');
  });

  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    test(`records with keys and headers come back in order, compressed with ${codec}`, () => {
      const lines = Array.from({ length: 500 }, (_, i) => `key-${i}:value ${i} ${'x'.repeat(50)}`);
      run(
        ['-P', '-t', `round-trip-${codec}`, '-p', '0', '-K:', '-z', codec, '-H', 'trace=abc'],
        `${lines.join('\n')}\n`,
      );
      const read = run([
        '-C',
        '-t',
        `round-trip-${codec}`,
        '-p',
        '0',
        '-o',
        'beginning',
        '-e',
        '-q',
        '-f',
        '%o|%k:%s|%h\n',
      ]);
      expect(read.trim().split('\n')).toEqual(lines.map((line, i) => `${i}|${line}|trace=abc`));
    });
  }

  test('a consumer group reads every partition', () => {
    const values = Array.from({ length: 100 }, (_, i) => `v${i}`);
    run(['-P', '-t', 'grouped', '-X', 'topic.partitioner=murmur2_random'], `${values.join('\n')}\n`);
    const read = run(['-G', 'readers', '-X', 'auto.offset.reset=earliest', '-e', '-q', 'grouped']);
    expect(read.trim().split('\n').sort()).toEqual([...values].sort());
  });
});
