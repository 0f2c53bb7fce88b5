import { PriorityQueue } from '../lib/priority-queue.ts';
import type { Cancellable, Punctuator } from '../topology/processor-api.ts';
import type { RunningNode } from '../topology/running-node.ts';

type Schedule = {
  readonly node: RunningNode;
  readonly everyMs: number;
  readonly run: Punctuator;
  readonly dueMs: number;
  readonly state: { isCancelled: boolean };
};

/** Punctuators of one kind of time, in the order of Kafka Streams' `PunctuationQueue`. */
export class Punctuations {
  readonly #queue = new PriorityQueue<Schedule>((a, b) => a.dueMs - b.dueMs);

  add(node: RunningNode, dueMs: number, everyMs: number, run: Punctuator): Cancellable {
    const state = { isCancelled: false };
    this.#queue.add({ node, everyMs, run, dueMs, state });
    return {
      cancel: () => {
        state.isCancelled = true;
      },
    };
  }

  isDue(nowMs: number): boolean {
    const first = this.#queue.first;
    return first !== undefined && first.dueMs <= nowMs;
  }

  /** Runs what is due, each once however many intervals have passed; returns whether anything ran. */
  run(nowMs: number, punctuate: (node: RunningNode, run: Punctuator) => void): boolean {
    let hasRun = false;
    while (this.isDue(nowMs)) {
      const schedule = this.#queue.poll()!;
      if (schedule.state.isCancelled) continue;
      punctuate(schedule.node, schedule.run);
      hasRun = true;
      // It may have cancelled itself.
      if (!schedule.state.isCancelled) this.#queue.add(nextAfter(schedule, nowMs));
    }
    return hasRun;
  }
}

function nextAfter(schedule: Schedule, nowMs: number): Schedule {
  const { dueMs, everyMs } = schedule;
  return { ...schedule, dueMs: dueMs + (Math.floor((nowMs - dueMs) / everyMs) + 1) * everyMs };
}
