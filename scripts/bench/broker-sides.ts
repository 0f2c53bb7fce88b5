import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedCommand } from './packed.ts';
import { freePort, SHARED } from './shared.ts';

/** One of the two brokers that are compared: a process of its own with a data folder of its own. */
export type Side = {
  readonly name: 'kafka' | 'millrace';
  readonly bootstrap: string;
  readonly pid: number;
  /** What {@link stop} leaves behind for another start; removed by the caller. */
  readonly dir: string;
  stop(): Promise<void>;
};

/** Alike on both sides; otherwise each has its own defaults. */
const SETTINGS = ['num.partitions=4'];

const FORMAT_ATTEMPTS = 3;
const READY_MS_MAX = 60_000;
const READY_STEP_MS = 2;

/** ApiVersions, version 0: what every broker answers as soon as it serves. */
const API_VERSIONS = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);

export async function startMillrace(dir: string = makeDir()): Promise<Side> {
  const port = await freePort();
  const settings = SETTINGS.flatMap((setting) => ['--set', setting]);
  const child = spawn(
    process.execPath,
    [packedCommand(), 'broker', '--data', join(dir, 'data'), '--port', String(port), ...settings],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await untilAnswered(port, child);
  return side('millrace', port, child, dir);
}

/** Formats a folder for Apache Kafka, so that {@link startKafka} measures nothing but the start. */
export async function prepareKafka(): Promise<string> {
  const dir = makeDir();
  // The controller listens a thousand ports further up.
  const port = 20_000 + ((await freePort()) % 10_000);
  const settings = SETTINGS.flatMap((setting) => ['--set', setting]);
  const args = ['--port', String(port), '--dir', join(dir, 'kafka'), ...settings];
  const pids = join(dir, 'kafka/pids');
  // On a busy machine it gives up waiting: what was formatted by then is enough. Now and then its random id of the cluster
  // begins with a dash, which its formatter takes for a flag: then another one.
  for (let attempt = 0; attempt < FORMAT_ATTEMPTS && !existsSync(pids); attempt++) {
    spawnSync(join(SHARED, 'kafka/kafka-up'), args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  // Its own way to stop would remove the folder, too.
  const pid = Number(readFileSync(pids, 'utf8').trim());
  process.kill(pid, 'SIGTERM');
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 100));
  return dir;
}

export async function startKafka(dir: string): Promise<Side> {
  const properties = join(dir, 'kafka/node1/server.properties');
  const port = Number(/^listeners=PLAINTEXT:\/\/127\.0\.0\.1:(\d+)/m.exec(readFileSync(properties, 'utf8'))![1]);
  const child = spawn(join(SHARED, 'kafka/kafka-run'), ['kafka.Kafka', properties], {
    stdio: 'ignore',
    env: { ...process.env, KAFKA_HEAP: '1g' },
  });
  await untilAnswered(port, child);
  return side('kafka', port, child, dir);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function makeDir(): string {
  return mkdtempSync(join(tmpdir(), 'millrace-bench-'));
}

function side(name: Side['name'], port: number, child: ChildProcess, dir: string): Side {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    name,
    bootstrap: `127.0.0.1:${port}`,
    pid: child.pid!,
    dir,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export function removeDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}

/** Asks again and again until the broker answers a request: for a client, that is when it is there. */
async function untilAnswered(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX;
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`a broker ended with ${child.exitCode} instead of starting`);
    if (performance.now() > deadline) throw new Error(`a broker did not answer within ${READY_MS_MAX} ms`);
    await new Promise((resolve) => setTimeout(resolve, READY_STEP_MS));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(API_VERSIONS));
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('close', () => resolve(false));
    socket.on('error', () => {});
  });
}

/** CPU seconds that a process has used, in user and system mode; of Linux. */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident mebibytes of a process: now, and the most there ever were. */
export function residentMiB(pid: number): { readonly now: number; readonly peak: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)![1]) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}
