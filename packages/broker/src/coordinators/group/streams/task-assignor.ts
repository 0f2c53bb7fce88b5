import { assert } from '@millrace/base';
import { PartitionCollector } from '../consumer/partitions.ts';
import { type Process, Processes, Quota } from './task-processes.ts';
import { NO_TASKS, type Tasks } from './tasks.ts';

/** A member that may get tasks. */
export type TaskMember = {
  readonly memberId: string;
  readonly processId: string;
  /** What it should have until now; null for one that is new. */
  readonly target: Tasks | null;
};

/** A subtopology and its tasks, one for each partition from 0 on. */
export type TaskSource = {
  readonly subtopologyId: string;
  readonly taskCount: number;
  /** Whether its tasks keep a state, of which there may be standbys. */
  readonly isStateful: boolean;
};

type Task = {
  readonly key: string;
  readonly subtopologyId: string;
  readonly partition: number;
  readonly isStateful: boolean;
};

/**
 * Who should work on which task. Each task is active with exactly one member, and has as many standbys as are wanted, or
 * as there are other processes: never two of a task in one process, which has one disk. A task stays where it is as long
 * as nobody has more than their share; what has to move goes to who keeps its state, or to who has least. Nothing moves
 * where nothing has changed.
 */
export function assignTasks(
  members: readonly TaskMember[],
  sources: readonly TaskSource[],
  standbyCount: number,
): ReadonlyMap<string, Tasks> {
  const tasks = tasksOf(sources);
  const standing = standingAssignment(members, tasks, standbyCount);
  if (standing !== null) return standing;
  if (members.length === 0) return new Map();
  const work = new TaskAssignment(members, tasks, standbyCount);
  work.assignActive();
  work.assignStandbys();
  return work.targets();
}

class TaskAssignment {
  readonly #members: readonly TaskMember[];
  readonly #tasks: readonly Task[];
  readonly #standbyCount: number;
  readonly #processes: Processes;
  readonly #lastActive: ReadonlyMap<string, readonly TaskMember[]>;
  readonly #lastStandby: ReadonlyMap<string, readonly TaskMember[]>;
  readonly #total: Quota;
  readonly #active = new Map<string, PartitionCollector>();
  readonly #standby = new Map<string, PartitionCollector>();

  constructor(members: readonly TaskMember[], tasks: readonly Task[], standbyCount: number) {
    this.#members = [...members].sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
    this.#tasks = tasks;
    this.#standbyCount = standbyCount;
    this.#processes = new Processes(this.#members);
    this.#lastActive = holdersOf(this.#members, ({ target }) => (target === null ? [] : [target.active]));
    this.#lastStandby = holdersOf(this.#members, ({ target }) =>
      target === null ? [] : [target.standby, target.warmup],
    );
    const standbys = tasks.filter(({ isStateful }) => isStateful).length * standbyCount;
    this.#total = new Quota(tasks.length + standbys, members.length);
  }

  /** Those that keep a state first: each kind of work is shared out evenly, and so is all of it. */
  assignActive(): void {
    const all = new Quota(this.#tasks.length, this.#members.length);
    const stateful = this.#tasks.filter(({ isStateful }) => isStateful);
    this.#shareOut(stateful, [new Quota(stateful.length, this.#members.length), all]);
    this.#shareOut(
      this.#tasks.filter(({ isStateful }) => !isStateful),
      [all],
    );
  }

  /** The first quota is the one that counts for these tasks; the others are kept up to date. */
  #shareOut(tasks: readonly Task[], quotas: readonly [Quota, ...Quota[]]): void {
    const give = (task: Task, process: Process, memberId: string): void => {
      const count = process.add(memberId, task.key);
      for (const quota of [...quotas, this.#total]) quota.onCount(count);
      collect(this.#active, memberId, task);
    };
    /** Gives tasks to the first of whom they know already, as long as that is no more than its share. */
    const keep = (open: readonly Task[], known: ReadonlyMap<string, readonly TaskMember[]>): Task[] =>
      open.filter((task) => {
        const holder = this.#byLoad(known.get(task.key) ?? []).find(({ memberId, processId }) =>
          quotas[0].hasRoom(this.#processes.get(processId).countOf(memberId)),
        );
        if (holder !== undefined) give(task, this.#processes.get(holder.processId), holder.memberId);
        return holder === undefined;
      });
    // Who has to give tasks away keeps those of some partitions, not those of some subtopologies.
    const byPartition = [...tasks].sort((one, other) => one.partition - other.partition);
    const left = new Set(keep(keep(byPartition, this.#lastActive), this.#lastStandby));
    for (const task of tasks) {
      if (!left.has(task)) continue;
      const process = this.#processes.leastLoaded();
      assert(process !== null, 'there is a process where there is a member');
      give(task, process, process.leastLoadedMember());
    }
  }

  assignStandbys(): void {
    const give = (task: Task, process: Process, memberId: string): void => {
      this.#total.onCount(process.add(memberId, task.key));
      collect(this.#standby, memberId, task);
    };
    const open: Task[] = [];
    for (const task of this.#tasks) {
      if (!task.isStateful) continue;
      const known = [...(this.#lastActive.get(task.key) ?? []), ...this.#byLoad(this.#lastStandby.get(task.key) ?? [])];
      let missing = this.#standbyCount;
      for (const { memberId, processId } of known) {
        const process = this.#processes.get(processId);
        const isFree = missing > 0 && !process.has(task.key) && this.#total.hasRoom(process.countOf(memberId));
        if (!isFree) continue;
        give(task, process, memberId);
        missing -= 1;
      }
      for (; missing > 0; missing -= 1) open.push(task);
    }
    for (const task of open) {
      const process = this.#processes.leastLoaded((one) => !one.has(task.key));
      if (process !== null) give(task, process, process.leastLoadedMember());
    }
  }

  targets(): ReadonlyMap<string, Tasks> {
    return new Map(
      this.#members.map(({ memberId }) => [
        memberId,
        {
          active: this.#active.get(memberId)?.collected() ?? NO_TASKS.active,
          standby: this.#standby.get(memberId)?.collected() ?? NO_TASKS.standby,
          warmup: NO_TASKS.warmup,
        },
      ]),
    );
  }

  /** Those in the least loaded processes first. */
  #byLoad(members: readonly TaskMember[]): readonly TaskMember[] {
    if (members.length < 2) return members;
    return [...members].sort(
      (left, right) => this.#processes.get(left.processId).load - this.#processes.get(right.processId).load,
    );
  }
}

/** The targets as they are, if all members are known and all tasks are with them as they should be; null otherwise. */
function standingAssignment(
  members: readonly TaskMember[],
  tasks: readonly Task[],
  standbyCount: number,
): ReadonlyMap<string, Tasks> | null {
  const targets = new Map<string, Tasks>();
  const processCount = new Set(members.map(({ processId }) => processId)).size;
  const places = new Map<string, { active: number; standbys: number; readonly processes: Set<string> }>();
  for (const { memberId, processId, target } of members) {
    if (target === null || target.warmup.size > 0) return null;
    targets.set(memberId, target);
    for (const role of ['active', 'standby'] as const) {
      for (const key of keysOf(target[role])) {
        const place = places.get(key) ?? { active: 0, standbys: 0, processes: new Set() };
        places.set(key, place);
        if (role === 'active') place.active += 1;
        else place.standbys += 1;
        // Twice in one process: members have changed their process.
        if (place.processes.has(processId)) return null;
        place.processes.add(processId);
      }
    }
  }
  const wanted = Math.min(standbyCount, processCount - 1);
  const isWhole = tasks.every(({ key, isStateful }) => {
    const place = places.get(key);
    return place?.active === 1 && place.standbys === (isStateful ? wanted : 0);
  });
  return isWhole && places.size === tasks.length ? targets : null;
}

/** In the order in which they are handed out: neighbours of a subtopology go to different members. */
function tasksOf(sources: readonly TaskSource[]): Task[] {
  return [...sources]
    .sort((left, right) => (left.subtopologyId < right.subtopologyId ? -1 : 1))
    .flatMap(({ subtopologyId, taskCount, isStateful }) =>
      Array.from({ length: taskCount }, (_, partition) => ({
        key: taskKey(subtopologyId, partition),
        subtopologyId,
        partition,
        isStateful,
      })),
    );
}

function holdersOf(
  members: readonly TaskMember[],
  setsOf: (member: TaskMember) => readonly Tasks['active'][],
): ReadonlyMap<string, readonly TaskMember[]> {
  const holders = new Map<string, TaskMember[]>();
  for (const member of members) {
    for (const key of setsOf(member).flatMap((set) => [...keysOf(set)])) {
      const known = holders.get(key);
      if (known === undefined) holders.set(key, [member]);
      else known.push(member);
    }
  }
  return holders;
}

function* keysOf(set: Tasks['active']): Iterable<string> {
  for (const [subtopologyId, partitions] of set) {
    for (const partition of partitions) yield taskKey(subtopologyId, partition);
  }
}

function taskKey(subtopologyId: string, partition: number): string {
  return `${partition} ${subtopologyId}`;
}

function collect(into: Map<string, PartitionCollector>, memberId: string, { subtopologyId, partition }: Task): void {
  let collector = into.get(memberId);
  if (collector === undefined) {
    collector = new PartitionCollector();
    into.set(memberId, collector);
  }
  collector.add(subtopologyId, partition);
}
