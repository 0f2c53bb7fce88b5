import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('words that kafkajs sends are counted, and kafkajs reads the counts', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')];
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 30_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(printed.trim().split('\n')).toEqual([
    'all 1',
    'hello 1',
    'join 1',
    'kafka 3',
    'lead 1',
    'streams 2',
    'summit 1',
    'to 1',
  ]);
});
