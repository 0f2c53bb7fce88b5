import type { TaskStores } from '../../state/task-stores.ts';
import type { TaskChangelog } from './active-task.ts';

/** The state of a task that runs elsewhere: a copy that is kept up to date, so that the task can go on here at once. */
export type StandbyTask = {
  readonly id: string;
  readonly changelogs: readonly TaskChangelog[];
  readonly stores: TaskStores;
};
