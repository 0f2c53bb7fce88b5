import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

function run(...args: string[]): { readonly status: number | null; readonly stderr: string; readonly stdout: string } {
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts/run.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { status, stderr, stdout };
}

test('an unknown task is answered with the list of tasks, and nothing is installed', () => {
  const { status, stderr } = run('no-such-task');
  expect(status).toBe(2);
  expect(stderr).toContain('start');
  expect(stderr).toContain('conformance');
  expect(stderr).not.toContain('installing');
});

test('an installed repository is not installed again, and the exit code of a task comes through', () => {
  const { status, stderr } = run('conformance');
  expect(stderr).not.toContain('installing');
  expect(stderr).toContain('usage: npm run conformance');
  expect(status).toBe(2);
});
