import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { PlanOptions } from './plan.ts';
import { type Result, simulate } from './simulate.ts';

/** A seed that takes so long hangs: most take a second or two. */
const HANG_MS = 180_000;

type Task = { readonly kind: 'seeds'; readonly first: number; readonly count: number; readonly options: PlanOptions };

/**
 * Runs seeds in a row in a thread of their own, which takes with it what killed brokers and clients left waiting for ever,
 * and which may be ended when it hangs.
 */
export function watchSeeds(
  first: number,
  count: number,
  options: PlanOptions,
  onResult: (seed: number, result: Result | Error) => void,
): Promise<void> {
  const task: Task = { kind: 'seeds', first, count, options };
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  let next = first;
  return new Promise((resolve) => {
    const fail = (error: Error): void => {
      clearTimeout(hang);
      onResult(next, error);
      void worker.terminate();
    };
    const hang = setTimeout(() => fail(new Error(`no end after ${HANG_MS / 1000} s`)), HANG_MS);
    worker.on('message', (result: Result) => {
      hang.refresh();
      onResult(next++, result);
    });
    worker.on('error', fail);
    worker.on('exit', () => {
      clearTimeout(hang);
      resolve();
    });
  });
}

async function runTask({ first, count, options }: Task): Promise<void> {
  for (let seed = first; seed < first + count; seed++) parentPort?.postMessage(await simulate(seed, options));
  process.exit(0);
}

const task = workerData as Task | null;
if (parentPort !== null && task?.kind === 'seeds') await runTask(task);
