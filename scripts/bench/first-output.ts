import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@millrace/client';
import { installedModules } from './packed.ts';
import { ROOT } from './shared.ts';

const PARTITIONS = 4;
const TIMEOUT_MS = 60_000;

/**
 * Milliseconds from the start of an application's process, over the packages as they are installed, to its first output
 * record in the hands of a consumer. The first run fills the compile cache and is not counted.
 */
export async function firstOutputs(bootstrap: string, input: string, rounds: number): Promise<number[]> {
  const folder = join(installedModules(), '..');
  const app = join(folder, 'first-output-app.mjs');
  copyFileSync(join(ROOT, 'scripts/bench/first-output-app.mjs'), app);
  await using client = new Client({ bootstrapServers: bootstrap, clientId: 'bench-first-output' });
  const measured: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const output = `first-output-${process.pid}-${round}`;
    await client.admin.createTopics([{ name: output, partitionCount: PARTITIONS, configs: { 'retention.ms': '-1' } }]);
    measured.push(await firstOutput(client, { app, bootstrap, input, output }));
  }
  return measured.slice(1);
}

type Run = { readonly app: string; readonly bootstrap: string; readonly input: string; readonly output: string };

async function firstOutput(client: Client, { app, bootstrap, input, output }: Run): Promise<number> {
  const state = mkdtempSync(join(tmpdir(), 'millrace-bench-state-'));
  await using fetcher = client.fetcher({ maxWaitMs: TIMEOUT_MS });
  for (let partition = 0; partition < PARTITIONS; partition++) fetcher.assign(output, partition, 0);
  // The request that the first record answers is on its way before the application starts.
  await fetcher.poll({ maxWaitMs: 100 });
  const startMs = performance.now();
  const child = spawn(process.execPath, [app, bootstrap, input, output, output, state], {
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/bench-first-output') },
  });
  try {
    const fetched = await fetcher.poll({ maxWaitMs: TIMEOUT_MS });
    if (fetched.length === 0) throw new Error(`no output within ${TIMEOUT_MS} ms`);
    return performance.now() - startMs;
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(state, { recursive: true, force: true });
  }
}
