import type { GroupMembership } from '@millrace/client';
import type { PartitionAnswer, StoreQuestion } from '../../query/answer-question.ts';
import type { StoreLag } from '../../query/store-lag.ts';
import type { MemberTasks } from '../assignment/user-data.ts';
import type { RuntimeConfig } from '../config/options.ts';
import type { Metric } from '../loop/metrics.ts';

/** How a thread ended: asked to, or by a failure that no handler took. */
export type ThreadEnd = { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly error: unknown };

/** What a thread has and knows at one moment. */
export type ThreadView = {
  /** Whether all tasks that it was given can process. */
  readonly isSteady: boolean;
  readonly tasks: readonly string[];
  readonly standbyTasks: readonly string[];
  /** Who runs what in the group, as of the last round. */
  readonly members: readonly MemberTasks[];
  /** Of all source topics, as of the last round. */
  readonly partitionCounts: ReadonlyMap<string, number>;
};

/** `groupMembership` null: members leave the group, static ones stay. */
export type StopOptions = { readonly groupMembership: GroupMembership | null };

/** One event loop's worth of an application, in this isolate or in a worker. */
export type StreamThread = {
  readonly name: string;
  readonly view: ThreadView;
  /** What the thread's partitions of a store answer. @throws MillraceError `INVALID_STATE_STORE` */
  query(question: StoreQuestion): Promise<readonly PartitionAnswer[]>;
  metrics(): Promise<readonly Metric[]>;
  lags(): Promise<readonly StoreLag[]>;
  /** Processes and punctuates no more until `resume`. */
  pause(): void;
  resume(): void;
  /** Has the group tell all instances of the application to end. */
  requestShutdown(): void;
  /** Commits, closes, and leaves the group unless told otherwise; resolves when the thread has ended. */
  stop(options: StopOptions): Promise<void>;
  /** Ends a thread that does not stop in time, as far as that can be done from outside. */
  abandon(): Promise<void>;
};

/** Who hears what threads do with state. */
export type StateListeners = Pick<RuntimeConfig, 'restoreListener' | 'standbyUpdateListener'>;

/** What a thread asks of the application that it works for. */
export type ThreadHooks = {
  /** The thread's `view` has changed. */
  readonly onChange: () => void;
  /** Once. */
  readonly onEnd: (end: ThreadEnd) => void;
  readonly listeners: StateListeners;
};
