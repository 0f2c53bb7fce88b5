import type { Cancellable, Punctuator } from '../topology/processor-api.ts';
import type { RunningNode } from '../topology/running-node.ts';

type Schedule = {
  readonly node: RunningNode;
  readonly everyMs: number;
  readonly run: Punctuator;
  dueMs: number;
  isCancelled: boolean;
};

/** Punctuators of one kind of time. There are few, so they stand in a plain list. */
export class Punctuations {
  readonly #schedules: Schedule[] = [];
  #nextDueMs: number = Number.POSITIVE_INFINITY;

  add(node: RunningNode, dueMs: number, everyMs: number, run: Punctuator): Cancellable {
    const schedule: Schedule = { node, everyMs, run, dueMs, isCancelled: false };
    this.#schedules.push(schedule);
    this.#nextDueMs = Math.min(this.#nextDueMs, dueMs);
    return {
      cancel: () => {
        schedule.isCancelled = true;
      },
    };
  }

  isDue(nowMs: number): boolean {
    return this.#nextDueMs <= nowMs;
  }

  /** Runs what is due, each once however many intervals have passed; returns whether anything ran. */
  run(nowMs: number, punctuate: (node: RunningNode, run: Punctuator) => void): boolean {
    let hasRun = false;
    while (this.#nextDueMs <= nowMs) {
      const due = this.#schedules
        .filter((schedule) => !schedule.isCancelled && schedule.dueMs <= nowMs)
        .sort((a, b) => a.dueMs - b.dueMs);
      for (const schedule of due) {
        if (schedule.isCancelled) continue;
        schedule.dueMs += (Math.floor((nowMs - schedule.dueMs) / schedule.everyMs) + 1) * schedule.everyMs;
        punctuate(schedule.node, schedule.run);
        hasRun = true;
      }
      this.#forgetCancelled();
    }
    return hasRun;
  }

  #forgetCancelled(): void {
    for (let index = this.#schedules.length - 1; index >= 0; index--) {
      if (this.#schedules[index]!.isCancelled) this.#schedules.splice(index, 1);
    }
    this.#nextDueMs = this.#schedules.reduce((least, { dueMs }) => Math.min(least, dueMs), Number.POSITIVE_INFINITY);
  }
}
