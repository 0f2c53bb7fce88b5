import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { expect, test } from 'vitest';
import { runKsqlServer } from './server-main.ts';
import type { EmbeddedBroker } from './server-process.ts';

class Output {
  text = '';
  #ready: (() => void) | undefined;
  readonly ready: Promise<void> = new Promise((resolve) => {
    this.#ready = resolve;
  });

  write(text: string): void {
    this.text += text;
    if (this.text.includes('ready')) this.#ready?.();
  }
}

const NEVER = new Promise<never>(() => {});

test.each([
  [['--port', 'x'], '--port x is no port'],
  [['--set', 'x'], '--set x: give KEY=VALUE'],
  [['--embedded', '--bootstrap-server', 'a:1'], 'give one of them'],
  [['--embedded'], 'there is no broker to embed here'],
  [['--nonsense'], '--nonsense'],
])('%j is refused as wrong usage', async (argv, problem) => {
  const [stdout, stderr] = [new Output(), new Output()];
  expect(await runKsqlServer(argv, {}, { stdout, stderr, stopSignal: NEVER })).toBe(2);
  expect(stderr.text).toContain(problem);
});

test('--help tells the flags', async () => {
  const [stdout, stderr] = [new Output(), new Output()];
  expect(await runKsqlServer(['--help'], {}, { stdout, stderr, stopSignal: NEVER })).toBe(0);
  for (const flag of ['--bootstrap-server', '--embedded', '--port', '--service-id', '--set']) {
    expect(stdout.text).toContain(flag);
  }
});

async function embedded(): Promise<EmbeddedBroker> {
  const broker = await Broker.start({ port: -1 });
  return { client: { dial: () => broker.connect() }, [Symbol.asyncDispose]: () => broker.close() };
}

test('a server runs by its settings file until it is told to stop', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-ksql-server-'));
  const file = join(folder, 'ksql-server.properties');
  await writeFile(
    file,
    '# a comment\nlisteners=http://127.0.0.1:0\nksql.service.id = from_file_\nauto.offset.reset=earliest\n',
  );
  const [stdout, stderr] = [new Output(), new Output()];
  let stop = (): void => {};
  const stopSignal = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const argv = ['--embedded', '--config-file', file, '--state-dir', join(folder, 'state'), '--log-level', 'error'];
  const code = runKsqlServer(argv, {}, { stdout, stderr, stopSignal, startBroker: embedded });
  await Promise.race([stdout.ready, code]);
  const url = /http:\S+/.exec(stdout.text)![0];
  expect(await (await fetch(`${url}/info`)).json()).toMatchObject({
    KsqlServerInfo: { ksqlServiceId: 'from_file_' },
  });
  stop();
  expect(await code).toBe(0);
  await expect(fetch(`${url}/info`)).rejects.toThrow();
  await rm(folder, { recursive: true, force: true });
});

test('a server whose service is ended stops', async () => {
  const [stdout, stderr] = [new Output(), new Output()];
  const argv = ['--embedded', '--port', '0', '--log-level', 'error'];
  const code = runKsqlServer(argv, {}, { stdout, stderr, stopSignal: NEVER, startBroker: embedded });
  await Promise.race([stdout.ready, code]);
  const url = /http:\S+/.exec(stdout.text)![0];
  expect((await fetch(`${url}/ksql/terminate`, { method: 'POST', body: '{}' })).status).toBe(200);
  expect(await code).toBe(0);
});
