import { type Clock, describeError, type Logger } from '@millrace/base';
import type { Admin, GroupMember, IsolationLevel, TopicPartition } from '@millrace/client';
import type { Position } from '../../query/position.ts';
import type { ChangelogFollower, StandbySuspension } from '../../state/changelog-follower.ts';
import { CopyPositions } from './copy-positions.ts';
import type { StandbyTask } from './standby-task.ts';
import type { TaskFactory } from './task-factory.ts';

export type StandbyTasksOptions = {
  /** A copy that is behind by no more offsets can take its task over (`acceptable.recovery.lag`). */
  readonly acceptableRecoveryLag: number;
  readonly factory: TaskFactory;
  readonly follower: ChangelogFollower;
  readonly member: GroupMember;
  readonly admin: Admin;
  readonly isolationLevel: IsolationLevel;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** How often it is looked up how far the group has processed source topics that stand for a changelog. */
const LIMITS_INTERVAL_MS = 1_000;

/** The standby tasks of one application on one thread. (Kafka Streams: num.standby.replicas.) */
export class StandbyTasks {
  readonly #options: StandbyTasksOptions;
  readonly #tasks = new Map<string, StandbyTask>();
  /** Those whose tasks come here once they are up to date. */
  #warmups: readonly string[] = [];
  readonly #positions: CopyPositions;
  #counts: ReadonlyMap<string, number> = new Map();
  #limitsAskedMs = 0;
  #isAsking = false;

  constructor(options: StandbyTasksOptions) {
    this.#options = options;
    this.#positions = new CopyPositions({ ...options, nextOffset: (changelog) => this.nextOffset(changelog) });
  }

  get tasks(): ReadonlyMap<string, StandbyTask> {
    return this.#tasks;
  }

  /** How far a store has its changelog. */
  nextOffset(changelog: TopicPartition): number {
    return this.#options.follower.nextOffset(changelog) ?? 0;
  }

  /** Looks how far the group is with the tasks of some copies, for {@link positionOf}. */
  async look(copies: readonly StandbyTask[]): Promise<void> {
    const { factory, logger } = this.#options;
    try {
      await Promise.all(copies.map((task) => this.#positions.look(task, factory.inputsOf(task.id, this.#counts))));
    } catch (error) {
      logger.info('how far copies are cannot be looked up; they count as far as was known', {
        error: describeError(error),
      });
    }
  }

  /** How far a copy is in the inputs of its task, as far as it was looked. */
  positionOf(task: StandbyTask): Position {
    return this.#positions.positionOf(task);
  }

  /** Tasks that could run here at once. */
  get ready(): readonly string[] {
    const { follower, acceptableRecoveryLag } = this.#options;
    return [...this.#tasks.values()]
      .filter(({ stores }) => follower.lagOf(stores) <= acceptableRecoveryLag)
      .map(({ id }) => id);
  }

  /** Closes those that are not wanted any more: some of them become active here, and open the same state. */
  async keep(wanted: readonly string[], active: readonly string[]): Promise<void> {
    for (const task of this.#tasks.values()) {
      if (wanted.includes(task.id)) continue;
      await this.#close(task, active.includes(task.id) ? 'PROMOTED' : 'MIGRATED');
    }
  }

  /** Makes those that are missing, and lets them follow. */
  async add(wanted: readonly string[], warmups: readonly string[], counts: ReadonlyMap<string, number>): Promise<void> {
    this.#warmups = warmups;
    this.#counts = counts;
    for (const id of wanted) {
      if (this.#tasks.has(id)) continue;
      const task = await this.#options.factory.createStandby(id, counts);
      this.#tasks.set(id, task);
      const targets = task.changelogs.map((changelog) => {
        return { ...changelog, stores: task.stores, isLimited: changelog.isSourceTopic };
      });
      await this.#options.follower.add(targets);
      this.#limitsAskedMs = 0;
    }
  }

  /** Applies what came to the changelogs; waits for nothing. */
  async step(): Promise<void> {
    this.#raiseLimits();
    await this.#options.follower.step();
    this.#askForWarm();
  }

  async closeAll(): Promise<void> {
    await this.keep([], []);
  }

  /** The group shares out anew as soon as this member can take what is meant for it. */
  #askForWarm(): void {
    if (this.#warmups.length === 0) return;
    const ready = this.ready;
    if (!this.#warmups.every((task) => ready.includes(task))) return;
    this.#warmups = [];
    this.#options.member.requestRejoin('the state of tasks that are to move here is up to date');
  }

  /**
   * A source topic that stands for a changelog holds records that nobody has processed yet: the copy must not be ahead of
   * what the group has committed.
   */
  #raiseLimits(): void {
    const { clock, member, follower, logger } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#isAsking || nowMs - this.#limitsAskedMs < LIMITS_INTERVAL_MS) return;
    const limited = [...this.#tasks.values()].flatMap((task) => task.changelogs).filter((log) => log.isSourceTopic);
    if (limited.length === 0) return;
    this.#isAsking = true;
    this.#limitsAskedMs = nowMs;
    member
      .committed(limited)
      .then((committed) => {
        for (const { topic, partition } of limited) {
          const known = committed.find((other) => other.topic === topic && other.partition === partition);
          follower.raise({ topic, partition }, known?.offset ?? 0);
        }
      })
      .catch((error: unknown) => {
        logger.info('standby tasks stay behind: committed offsets cannot be looked up', {
          error: describeError(error),
        });
      })
      .finally(() => {
        this.#isAsking = false;
      });
  }

  async #close(task: StandbyTask, reason: StandbySuspension): Promise<void> {
    this.#tasks.delete(task.id);
    this.#options.follower.remove(task.stores, reason);
    await task.stores.close();
  }
}
