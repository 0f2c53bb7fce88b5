import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type FuzzResult, fuzzRound, ROUND_FRAMES } from './fuzz-protocol.ts';

/** A round that shows no progress for so long hangs. */
const HANG_MS = 60_000;
const HEAP_MIB_MAX = 1_024;
const FINDINGS_MAX = 20;

type Task = { readonly kind: 'frames'; readonly seed: number; readonly frames: number };
type Message =
  | { readonly kind: 'progress'; readonly frames: number }
  | { readonly kind: 'done'; readonly result: FuzzResult; readonly rssMib: number };

export type FuzzCampaign = {
  readonly frames: number;
  readonly seed: number;
  readonly onRound: (total: FuzzTotal) => void;
  /** Ends the campaign after the round in work. */
  readonly isOver?: () => boolean;
};

export type FuzzTotal = {
  readonly frames: number;
  readonly connections: number;
  readonly answeredBytes: number;
  readonly findings: readonly string[];
  /** The most memory that was held at the end of a round. */
  readonly rssMib: number;
};

const ownTask = workerData as Task | null;
if (parentPort !== null && ownTask?.kind === 'frames') await runTask(ownTask);

/** Rounds with seeds in a row, each in a thread that may be ended when it hangs or takes too much memory. */
export async function watchRounds({ frames, seed, onRound, isOver }: FuzzCampaign): Promise<FuzzTotal> {
  let total: FuzzTotal = { frames: 0, connections: 0, answeredBytes: 0, findings: [], rssMib: 0 };
  for (let round = 0; total.frames < frames && isOver?.() !== true; round++) {
    const task: Task = { kind: 'frames', seed: seed + round, frames: Math.min(ROUND_FRAMES, frames - total.frames) };
    const { result, rssMib } = await watch(task);
    total = {
      frames: total.frames + result.frames,
      connections: total.connections + result.connections,
      answeredBytes: total.answeredBytes + result.answeredBytes,
      findings: [...total.findings, ...result.findings].slice(0, FINDINGS_MAX),
      rssMib: Math.max(total.rssMib, rssMib),
    };
    onRound(total);
  }
  return total;
}

function watch(task: Task): Promise<{ readonly result: FuzzResult; readonly rssMib: number }> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
  });
  return new Promise((resolve) => {
    let reached = 0;
    const end = (result: FuzzResult, rssMib: number): void => {
      clearTimeout(hang);
      void worker.terminate().then(() => resolve({ result, rssMib }));
    };
    const fail = (reason: string): void =>
      end(
        {
          frames: task.frames,
          connections: 0,
          answeredBytes: 0,
          findings: [`seed ${task.seed}: ${reason}, after frame ${reached}`],
        },
        0,
      );
    const hang = setTimeout(() => fail(`no end for ${HANG_MS / 1000} s`), HANG_MS);
    worker.on('message', (message: Message) => {
      hang.refresh();
      if (message.kind === 'progress') reached = message.frames;
      else end(message.result, message.rssMib);
    });
    worker.on('error', (error: Error) => fail(`the thread ended: ${error.message}`));
  });
}

async function runTask(task: Task): Promise<void> {
  const post = (message: Message): void => parentPort?.postMessage(message);
  const { seed, frames } = task;
  const result = await fuzzRound({ seed, frames, onProgress: (frames) => post({ kind: 'progress', frames }) });
  post({ kind: 'done', result, rssMib: Math.round(process.memoryUsage().rss / 2 ** 20) });
}
