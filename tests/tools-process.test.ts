import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './support/millrace-command.ts';

// What only a process of its own can show: signals, pipes, exit codes, and that a tool ends by itself.

const COMMAND = join(ROOT, 'node_modules/.bin/millrace');
let broker: Broker;

beforeAll(async () => {
  broker = await Broker.start();
});

afterAll(async () => {
  await broker.close();
});

type Ended = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
};

function start(...args: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(COMMAND, [...args, '--bootstrap', broker.bootstrapServers], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr!.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }) as Ended);
  return { child, ended };
}

function run(input: string, ...args: string[]): Promise<Ended> {
  const { child, ended } = start(...args);
  child.stdin!.end(input);
  return ended;
}

test('a tool reads from a pipe, ends by itself, and a failure is an exit code', async () => {
  expect(await run('', 'topics', 'create', 'piped')).toMatchObject({ code: 0, out: 'Created piped\n', err: '' });
  expect(await run('one\ntwo', 'produce', 'piped')).toMatchObject({ code: 0, out: 'Produced 2 records to piped\n' });
  expect(await run('', 'topics', 'create', 'piped')).toMatchObject({ code: 1, out: '' });
  expect(await run('', 'topics', 'create')).toMatchObject({ code: 2, out: '' });
});

test('Ctrl-C ends a reader in good order', async () => {
  await run('', 'topics', 'create', 'interrupted');
  await run('x\n', 'produce', 'interrupted');
  const { child, ended } = start('consume', 'interrupted', '--from-beginning');
  await once(child.stdout!, 'data');
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 0, signal: null, out: 'x\n', err: '1 record\n' });
});

test('a producer that waits for input ends with Ctrl-C, and what it read is delivered', async () => {
  await run('', 'topics', 'create', 'typed');
  const { child, ended } = start('produce', 'typed');
  child.stdin!.write('typed line\n');
  const reader = start('consume', 'typed', '--from-beginning', '--max-messages', '1');
  expect((await reader.ended).out).toBe('typed line\n');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, err: '' });
});

test('whoever stops reading, as head does, ends the writer without a word', async () => {
  await run('', 'topics', 'create', 'much');
  await run(`${'x'.repeat(1000)}\n`.repeat(3000), 'produce', 'much');
  const { child, ended } = start('consume', 'much', '--from-beginning', '--until-end', '--json');
  await once(child.stdout!, 'data');
  child.stdout!.destroy();
  expect(await ended).toMatchObject({ code: 0, err: '' });
});
