import { parentPort, Worker, workerData } from 'node:worker_threads';
import { fuzz } from '@millrace/ksql/testing';
import { numberOption, scriptOptions } from './script-options.ts';

/**
 * `npm run fuzz -- ksql`: mutated statements through parser, analysis, planner and compiler, in a thread that may be
 * ended when it hangs or takes too much memory. The same seed tries the same statements.
 */
const USAGE = `usage: npm run fuzz -- ksql [options]
  --statements N    how many statements (default 100,000)
  --seed S          which ones (default 1)
`;
const HANG_MS = 20_000;
const HEAP_MIB_MAX = 1_024;
const TEXT_SHOWN_CHARACTERS = 2_000;
const PROGRESS_STATEMENTS = 10_000;

type FuzzTask = { readonly statements: number; readonly seed: number };
type Message =
  | { readonly kind: 'statement'; readonly text: string; readonly position: number }
  | { readonly kind: 'finding'; readonly text: string; readonly error: string }
  | { readonly kind: 'done'; readonly outcomes: Readonly<Record<string, number>> };

if (parentPort === null) process.exitCode = await main();
else runTask(workerData as FuzzTask, (message) => parentPort?.postMessage(message));

function runTask(task: FuzzTask, post: (message: Message) => void): void {
  const { outcomes, findings } = fuzz({
    ...task,
    onStatement: (text, position) => post({ kind: 'statement', text, position }),
  });
  for (const { statement: text, thrown } of findings) {
    post({ kind: 'finding', text, error: thrown instanceof Error ? `${thrown.stack}` : String(thrown) });
  }
  post({ kind: 'done', outcomes });
}

async function main(): Promise<number> {
  const { values } = scriptOptions(USAGE, { statements: { type: 'string' }, seed: { type: 'string' } });
  const task = {
    statements: numberOption(USAGE, 'statements', values.statements) ?? 100_000,
    seed: numberOption(USAGE, 'seed', values.seed) ?? 1,
  };
  const findings = await watch(task);
  process.stdout.write(
    `fuzz ksql: ${task.statements} statements, seed ${task.seed}: ${findings} findings, ` +
      `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`,
  );
  return findings === 0 ? 0 : 1;
}

function watch(task: FuzzTask): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
  });
  return new Promise((resolve) => {
    let findings = 0;
    let last = '';
    const tell = (text: string, error: string): void => {
      findings++;
      process.stdout.write(`FOUND ${error}\n  in: ${text.slice(0, TEXT_SHOWN_CHARACTERS)}\n`);
    };
    const hang = setTimeout(() => {
      tell(last, `no end after ${HANG_MS / 1000} s`);
      void worker.terminate();
    }, HANG_MS);
    worker.on('message', (message: Message) => {
      hang.refresh();
      if (message.kind === 'statement') {
        last = message.text;
        if (message.position % PROGRESS_STATEMENTS === 0) process.stderr.write(`${message.position} statements\n`);
      } else if (message.kind === 'finding') tell(message.text, message.error);
      else process.stdout.write(`${JSON.stringify(message.outcomes)}\n`);
    });
    worker.on('error', (error: Error) => tell(last, `the thread ended: ${error.message}`));
    worker.on('exit', () => {
      clearTimeout(hang);
      resolve(findings);
    });
  });
}
