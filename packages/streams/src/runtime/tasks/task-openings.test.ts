import { MillraceError, silentLogger } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import type { ActiveTask } from './active-task.ts';
import { TaskOpenings } from './task-openings.ts';

const TASK_TIMEOUT_MS = 1_000;

const busy = new MillraceError('COORDINATOR_LOAD_IN_PROGRESS', 'ask again', { retriable: true });

type Attempt = { readonly id: string; readonly end: PromiseWithResolvers<ActiveTask> };

/** Openings whose attempts end when the test says so. */
function openings(): { tasks: TaskOpenings; clock: FakeClock; attempts: Attempt[] } {
  const clock = new FakeClock();
  const attempts: Attempt[] = [];
  const create = (id: string): Promise<ActiveTask> => {
    const end = Promise.withResolvers<ActiveTask>();
    attempts.push({ id, end });
    return end.promise;
  };
  const options = { create, taskTimeoutMs: TASK_TIMEOUT_MS, wake: () => {}, clock, logger: silentLogger };
  return { tasks: new TaskOpenings(options), clock, attempts };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const made = (id: string): ActiveTask => ({ id, close: async () => {} }) as unknown as ActiveTask;

test('a task that cannot be made now is tried again, while others are taken', async () => {
  const { tasks, clock, attempts } = openings();
  for (const id of ['0_0', '0_1']) tasks.begin(id, new Map());
  attempts[0]!.end.reject(busy);
  attempts[1]!.end.resolve(made('0_1'));
  await settled();
  expect(tasks.take().map(({ id }) => id)).toEqual(['0_1']);
  expect(tasks.ids).toEqual(['0_0']);
  await clock.advance(200);
  expect(tasks.take()).toEqual([]);
  expect(attempts.map(({ id }) => id)).toEqual(['0_0', '0_1', '0_0']);
  attempts[2]!.end.resolve(made('0_0'));
  await settled();
  expect(tasks.take().map(({ id }) => id)).toEqual(['0_0']);
  expect(tasks.ids).toEqual([]);
});

test('what fails for longer than the task timeout is thrown, and what cannot get better at once', async () => {
  const { tasks, clock, attempts } = openings();
  tasks.begin('0_0', new Map());
  attempts[0]!.end.reject(busy);
  await settled();
  await clock.advance(TASK_TIMEOUT_MS);
  expect(() => tasks.take()).toThrow(busy);
  const other = openings();
  other.tasks.begin('0_0', new Map());
  other.attempts[0]!.end.reject(new Error('a bug'));
  await settled();
  expect(() => other.tasks.take()).toThrow('a bug');
});

test('what is made beside a failure is taken first: it has to be closed in order', async () => {
  const { tasks, attempts } = openings();
  for (const id of ['0_0', '0_1']) tasks.begin(id, new Map());
  attempts[0]!.end.reject(new Error('a bug'));
  attempts[1]!.end.resolve(made('0_1'));
  await settled();
  expect(tasks.take()).toHaveLength(1);
  expect(() => tasks.take()).toThrow('a bug');
});

test('a task that is not wanted any more is closed when it has been made', async () => {
  const { tasks, attempts } = openings();
  tasks.begin('0_0', new Map());
  let isClosed = false;
  const cancelled = tasks.cancel(['0_0']);
  const close = async (): Promise<void> => {
    isClosed = true;
  };
  attempts[0]!.end.resolve({ id: '0_0', close } as unknown as ActiveTask);
  await cancelled;
  expect(isClosed).toBe(true);
  expect(tasks.take()).toEqual([]);
});
