import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Files } from './files.ts';
import { MemoryFiles } from './memory-files.ts';
import { NodeFiles } from './node-files.ts';

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-files-'));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const kinds: readonly [string, () => Files][] = [
  ['on disk', () => new NodeFiles()],
  ['in memory', () => new MemoryFiles()],
];

describe.each(kinds)('files %s', (_name, make) => {
  test('hold what was written at its place, and no more after a cut', () => {
    const file = make().open(path.join(root, 'a'));
    expect(file.size()).toBe(0);
    file.write([Buffer.from('hello '), Buffer.from('world')], 0);
    file.write([Buffer.from('W')], 6);
    const bytes = Buffer.alloc(20);
    expect(file.read(bytes, 3)).toBe(8);
    expect(bytes.toString('utf8', 0, 8)).toBe('lo World');
    file.truncate(4);
    expect(file.size()).toBe(4);
    expect(file.read(bytes, 4)).toBe(0);
    file.truncate(6);
    expect(file.read(bytes, 0)).toBe(6);
    expect([...bytes.subarray(4, 6)]).toEqual([0, 0]);
    file.close();
  });

  test('are listed by name, renamed with all that is in a folder, and removed', () => {
    const files = make();
    files.makeFolder(path.join(root, 'folder'));
    files.open(path.join(root, 'folder', 'b')).write([Buffer.from('x')], 0);
    files.replace(path.join(root, 'folder', 'a'), Buffer.from('y'));
    expect(files.list(path.join(root, 'folder'))).toEqual(['a', 'b']);
    files.rename(path.join(root, 'folder'), path.join(root, 'other'));
    expect(files.list(path.join(root, 'folder'))).toEqual([]);
    expect(Buffer.from(files.readWhole(path.join(root, 'other', 'a'))!).toString()).toBe('y');
    files.remove(path.join(root, 'other'));
    expect(files.exists(path.join(root, 'other'))).toBe(false);
    expect(files.readWhole(path.join(root, 'other', 'a'))).toBe(null);
  });

  test('a folder belongs to one broker at a time', () => {
    const files = make();
    const lock = files.lock(root);
    expect(() => files.lock(root)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_LOCKED' }));
    lock.release();
    files.lock(root).release();
  });
});

test('a thousand files are written and read through a few hundred descriptors', async () => {
  const files = new NodeFiles();
  const many = Array.from({ length: 1000 }, (_, index) => files.open(path.join(root, String(index))));
  for (const [index, file] of many.entries()) file.write([Buffer.from(String(index))], 0);
  const syncs = many.slice(0, 50).map((file) => file.sync());
  const bytes = Buffer.alloc(4);
  many.forEach((file, index) => {
    const length = file.read(bytes, 0);
    expect(bytes.toString('utf8', 0, length)).toBe(String(index));
  });
  expect(fs.readdirSync('/proc/self/fd').length).toBeLessThan(700);
  await Promise.all(syncs);
  for (const file of many) file.close();
});

test('the lock of a process that was killed is taken over, also when its id came again', () => {
  const lock = path.join(root, '.lock');
  fs.writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 - 1, startedAt: '1' }));
  new NodeFiles().lock(root).release();
  fs.writeFileSync(lock, JSON.stringify({ pid: process.pid, startedAt: 'at another time' }));
  new NodeFiles().lock(root).release();
  fs.writeFileSync(lock, '{"pid":');
  new NodeFiles().lock(root).release();
});

test.runIf(process.platform === 'linux')(
  'the lock of a killed process that nobody has buried is taken over',
  async () => {
    // The shell starts a child, and never waits for it once it has become another program.
    const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = Number(
        await new Promise<string>((resolve) => shell.stdout!.once('data', (data) => resolve(String(data)))),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      fs.writeFileSync(path.join(root, '.lock'), JSON.stringify({ pid, startedAt: fields[19] }));
      expect(() => new NodeFiles().lock(root)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_LOCKED' }));
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => fs.readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
      new NodeFiles().lock(root).release();
    } finally {
      shell.kill('SIGKILL');
    }
  },
);
