import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StateDirectory } from './state-directory.ts';

let stateDir = '';

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'millrace-state-'));
});

afterEach(() => rm(stateDir, { recursive: true, force: true }));

const HOUR_MS = 3_600_000;

function directory(clock: FakeClock = new FakeClock(Date.UTC(2030, 0))): StateDirectory {
  return new StateDirectory({ stateDir, applicationId: 'app', clock, logger: silentLogger });
}

test('one instance at a time holds the folder, and its id outlives it', async () => {
  const first = directory();
  await first.open();
  const other = directory();
  await expect(other.open()).rejects.toMatchObject({ code: 'LOCKED' });
  await other.close();
  await expect(directory().open()).rejects.toMatchObject({ code: 'LOCKED' });
  const { processId } = first;
  await first.close();
  const second = directory();
  await second.open();
  expect(second.processId).toBe(processId);
  await second.close();
});

test('the lock of a process that is gone is void', async () => {
  await mkdir(join(stateDir, 'app'));
  // Beyond what any system gives out.
  await writeFile(join(stateDir, 'app', 'lock'), '999999999\n');
  const taken = directory();
  await taken.open();
  await taken.close();
});

test('a database that is damaged is made anew', async () => {
  const own = directory();
  await own.open();
  const engine = await own.openEngine('0_0');
  engine.write((put) => put(Uint8Array.of(1), Uint8Array.of(1)));
  await engine.close();
  await writeFile(join(stateDir, 'app', '0_0', 'CURRENT'), 'no manifest of this name\n');
  const again = await own.openEngine('0_0');
  expect(again.get(Uint8Array.of(1))).toBe(null);
  await again.close();
  await own.close();
});

/** Lets a wait of a folder go on, second by second, until it has ended. */
async function settled(clock: FakeClock, wait: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  wait.then(over, over);
  while (!isOver) {
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a database that is in use is never deleted', async () => {
  const clock = new FakeClock();
  const own = directory(clock);
  await own.open();
  const engine = await own.openEngine('0_0');
  const second = own.openEngine('0_0');
  await settled(clock, second);
  await expect(second).rejects.toMatchObject({ code: 'LOCKED', retriable: true });
  await engine.close();
  await own.close();
});

test('a database that another thread is about to close is waited for', async () => {
  const clock = new FakeClock();
  const own = directory(clock);
  await own.open();
  const engine = await own.openEngine('0_0');
  const second = own.openEngine('0_0');
  await new Promise((resolve) => setImmediate(resolve));
  await engine.close();
  await settled(clock, second);
  await (await second).close();
  await own.close();
});

test('folders of tasks that moved away are deleted after the delay; those in use, and foreign ones, are not', async () => {
  const clock = new FakeClock(Date.UTC(2030, 0));
  const own = directory(clock);
  await own.open();
  const engine = await own.openEngine('0_0');
  for (const name of ['0_1', '0_2', 'notes']) await mkdir(join(stateDir, 'app', name));
  const at = (ageMs: number): Date => new Date(clock.wallMs() - ageMs);
  for (const [name, ageMs] of [
    ['0_0', HOUR_MS],
    ['0_1', HOUR_MS],
    ['0_2', 1_000],
    ['notes', HOUR_MS],
  ] as const) {
    await utimes(join(stateDir, 'app', name), at(ageMs), at(ageMs));
  }
  await own.cleanUnowned(HOUR_MS / 2, new Set(['0_0']));
  expect(await own.storedTasks()).toEqual(['0_0', '0_2']);
  expect(await readdir(join(stateDir, 'app'))).toContain('notes');
  await engine.close();
  await own.close();
});
