import { assert } from '@millrace/base';

/** The members of one process, and the tasks that they have been given so far. */
export class Process {
  readonly #counts = new Map<string, number>();
  readonly #tasks = new Set<string>();
  #taskCount = 0;

  addMember(memberId: string): void {
    this.#counts.set(memberId, 0);
  }

  /** Tasks by member: processes with more threads get more. */
  get load(): number {
    return this.#taskCount / this.#counts.size;
  }

  has(taskKey: string): boolean {
    return this.#tasks.has(taskKey);
  }

  countOf(memberId: string): number {
    return this.#counts.get(memberId) ?? 0;
  }

  /** Gives a member a task. Answers how many it has then. */
  add(memberId: string, taskKey: string): number {
    const count = this.countOf(memberId) + 1;
    this.#counts.set(memberId, count);
    this.#tasks.add(taskKey);
    this.#taskCount += 1;
    return count;
  }

  leastLoadedMember(): string {
    let least: string | null = null;
    for (const [memberId, count] of this.#counts) if (least === null || count < this.countOf(least)) least = memberId;
    assert(least !== null, 'a process has members');
    return least;
  }
}

/** All processes of a group, in the order of their members. */
export class Processes {
  readonly #processes = new Map<string, Process>();

  constructor(members: readonly { readonly memberId: string; readonly processId: string }[]) {
    for (const { memberId, processId } of members) {
      let process = this.#processes.get(processId);
      if (process === undefined) {
        process = new Process();
        this.#processes.set(processId, process);
      }
      process.addMember(memberId);
    }
  }

  get(processId: string): Process {
    const process = this.#processes.get(processId);
    assert(process !== undefined, 'the process of a member is known');
    return process;
  }

  /** The one whose members have least; null where none will do. */
  leastLoaded(accepts: (process: Process) => boolean = () => true): Process | null {
    let least: Process | null = null;
    for (const process of this.#processes.values()) {
      if (accepts(process) && (least === null || process.load < least.load)) least = process;
    }
    return least;
  }
}

/** How many tasks a member may have, so that they are shared out evenly: some may have one more than others. */
export class Quota {
  #tasks: number;
  #members: number;

  constructor(tasks: number, members: number) {
    this.#tasks = tasks;
    this.#members = members;
  }

  hasRoom(count: number): boolean {
    return count < this.#limit();
  }

  /** A member has so many tasks now: if that is its share, the others share what is left. */
  onCount(count: number): void {
    if (count !== this.#limit()) return;
    this.#members -= 1;
    this.#tasks -= count;
  }

  #limit(): number {
    return this.#members <= 0 ? 0 : Math.ceil(this.#tasks / this.#members);
  }
}
