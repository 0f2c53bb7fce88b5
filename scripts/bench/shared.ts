import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '../..');

/** Where the real thing lies, beside the repository; benchmarks against it need it, nothing else does. */
export const SHARED: string = join(ROOT, '../shared');

export const hasKafka = (): boolean =>
  existsSync(join(SHARED, 'kafka/kafka-up')) && hasCommand('java') && hasCommand('mvn');

function hasCommand(name: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

export type Kafka = { readonly bootstrap: string; stop(): void };

/** Starts Apache Kafka, one node, in a folder of its own; `stop` ends it and removes the folder. */
export async function startKafka(settings: readonly string[] = []): Promise<Kafka> {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-kafka-'));
  // The controller listens a thousand ports further up.
  const port = 20_000 + ((await freePort()) % 10_000);
  const set = settings.flatMap((setting) => ['--set', setting]);
  const printed = execFileSync(
    join(SHARED, 'kafka/kafka-up'),
    ['--port', String(port), '--dir', join(dir, 'kafka'), ...set],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const bootstrap = /bootstrap=(\S+)/.exec(printed)?.[1];
  if (bootstrap === undefined) throw new Error(`kafka-up printed no address: ${printed}`);
  return {
    bootstrap,
    stop() {
      execFileSync(join(SHARED, 'kafka/kafka-down'), [join(dir, 'kafka')], { stdio: 'ignore' });
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type Spread = { readonly min: number; readonly median: number; readonly max: number };

/** The median of an even count is the lower of the two middle ones. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0]!, median: sorted[Math.floor((sorted.length - 1) / 2)]!, max: sorted[sorted.length - 1]! };
}

export function printSpread({ min, median, max }: Spread, unit: (value: number) => string): string {
  return `${unit(min)} / ${unit(median)} / ${unit(max)}`;
}

export type BenchOptions = {
  /** What to run beside ours: `kafka`, or `streams` for the SQL jobs. */
  readonly versus: string | null;
  readonly job: string | null;
  readonly records: number | null;
  readonly rounds: number;
  readonly json: boolean;
};

/** Runs one of our own scripts on this Node, and parses the last line that it prints. */
export function runScript<T>(script: string, args: readonly string[], nodeArgs: readonly string[] = []): T {
  const printed = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...nodeArgs, resolve(ROOT, script), ...args],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 64 << 20,
      // As an installed application runs from its second start on: our sources are compiled once, not in every run.
      env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/bench-compile') },
    },
  );
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as T;
}

/** What the figures were taken on, for the head of each table. */
export function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}
