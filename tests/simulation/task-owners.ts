import type { Scene } from './scene.ts';

export const STREAMS_GROUP = 'instances';

/** How long an instance may be silent. */
export const STREAMS_SESSION_MS = 3_000;

type Told = { readonly memberId: string; readonly at: number };

/**
 * Which instance of an application works on which task. A task is active with one at a time; and what somebody commits for
 * it who has lost it is refused from the moment on when another was told of it.
 */
export class TaskOwners {
  readonly #scene: Scene;
  /** What living instances believe to work on. */
  readonly #working = new Map<string, ReadonlySet<string>>();
  readonly #lastTold = new Map<string, Told>();
  #order = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** A place in the one order of all that happens. */
  now(): number {
    return this.#order++;
  }

  workersOf(task: string): string[] {
    return [...this.#working].flatMap(([memberId, tasks]) => (tasks.has(task) ? [memberId] : []));
  }

  /** An instance works on these tasks from here on, and on no others. */
  work(memberId: string, tasks: ReadonlySet<string>): void {
    const { history } = this.#scene;
    const before = this.#working.get(memberId);
    this.#working.set(memberId, tasks);
    const at = this.now();
    for (const task of tasks) {
      if (before?.has(task)) continue;
      this.#lastTold.set(task, { memberId, at });
      history.count('tasks begun');
      const others = this.workersOf(task).filter((other) => other !== memberId);
      if (others.length > 0)
        history.violate(`task ${task} is active with ${others.join(' and ')} and with ${memberId}`);
    }
  }

  /** An instance gives everything up: it is out, or dead, or was not heard for too long. */
  stop(memberId: string): void {
    this.#working.delete(memberId);
  }

  /** A commit for a task was taken, which was sent at a place in the order. */
  taken(memberId: string, task: string, sentAt: number): void {
    const last = this.#lastTold.get(task);
    this.#scene.history.count('commits for tasks');
    if (last === undefined || last.memberId === memberId || last.at >= sentAt) return;
    this.#scene.history.violate(`a commit for task ${task} was taken from ${memberId} when ${last.memberId} had it`);
  }
}
