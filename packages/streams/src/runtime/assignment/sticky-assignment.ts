/** What is known of a member when tasks are shared out. */
export type AssignmentMember = {
  readonly memberId: string;
  /** Members of one process share its state folders. */
  readonly processId: string;
  /** Tasks that it ran until now. */
  readonly activeTasks: ReadonlySet<string>;
  /** Tasks that it was promised in the last round, and that others had to let go of first. */
  readonly promisedTasks: ReadonlySet<string>;
  /** Tasks whose state lies in the folders of its process. */
  readonly storedTasks: ReadonlySet<string>;
  /** Tasks whose state it has up to date: it can run them at once. */
  readonly readyTasks: ReadonlySet<string>;
};

/**
 * Shares tasks out evenly (no member has two more than another), and leaves a task where it ran, or was promised, or
 * else where its state lies, as far as that allows. Pure: the same input gives the same answer, whatever order
 * members come in.
 */
export function assignTasks(
  tasks: readonly string[],
  members: readonly AssignmentMember[],
): ReadonlyMap<string, readonly string[]> {
  const sorted = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const shares = new Shares(sorted, tasks.length);
  const left = new Set(tasks);
  const settle = (owns: (member: AssignmentMember, task: string) => boolean): void => {
    for (const task of left) {
      const owner = sorted.find((member) => owns(member, task) && shares.hasRoom(member.memberId));
      if (owner === undefined) continue;
      shares.give(owner.memberId, task);
      left.delete(task);
    }
  };
  settle((member, task) => member.activeTasks.has(task));
  settle((member, task) => member.promisedTasks.has(task));
  settle((member, task) => member.storedTasks.has(task));
  for (const task of left) shares.give(shares.smallest(task), task);
  return shares.result();
}

/** Who has what so far, with the rule of evenness: all get the floor of the average, and only the rest one more. */
class Shares {
  readonly #tasks: Map<string, string[]>;
  readonly #floor: number;
  #membersAboveFloor: number;

  constructor(members: readonly AssignmentMember[], taskCount: number) {
    this.#tasks = new Map(members.map(({ memberId }) => [memberId, []]));
    this.#floor = Math.floor(taskCount / Math.max(members.length, 1));
    this.#membersAboveFloor = members.length === 0 ? 0 : taskCount % members.length;
  }

  hasRoom(memberId: string): boolean {
    const size = this.#tasks.get(memberId)!.length;
    return size < this.#floor || (size === this.#floor && this.#membersAboveFloor > 0);
  }

  give(memberId: string, task: string): void {
    const tasks = this.#tasks.get(memberId)!;
    tasks.push(task);
    if (tasks.length === this.#floor + 1) this.#membersAboveFloor--;
  }

  /** The member with the fewest tasks; among equals the one with the fewest of the same sub-topology. */
  smallest(task: string): string {
    const subTopology = task.slice(0, task.indexOf('_') + 1);
    let best = '';
    let bestSize = Number.POSITIVE_INFINITY;
    let bestAlike = Number.POSITIVE_INFINITY;
    for (const [memberId, tasks] of this.#tasks) {
      const alike = tasks.filter((other) => other.startsWith(subTopology)).length;
      if (tasks.length > bestSize || (tasks.length === bestSize && alike >= bestAlike)) continue;
      best = memberId;
      bestSize = tasks.length;
      bestAlike = alike;
    }
    return best;
  }

  result(): ReadonlyMap<string, readonly string[]> {
    return this.#tasks;
  }
}
