import { expect, test } from 'vitest';
import { TurnBudget } from './turn-budget.ts';

const MEBIBYTE = 2 ** 20;

test('what is left of a turn is shared out in order, and the rest waits for the next', async () => {
  const turns: (() => void)[] = [];
  const budget = new TurnBudget((run) => turns.push(run));
  const done: number[] = [];
  for (let index = 0; index < 10; index++) {
    void (async () => {
      if (budget.isSpent) await budget.turn();
      budget.spend(1.5 * MEBIBYTE);
      done.push(index);
    })();
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  await settled();
  const perTurn = [done.length];
  while (done.length < 10 && perTurn.length < 10) {
    const before = done.length;
    expect(turns).toHaveLength(1);
    turns.shift()!();
    await settled();
    perTurn.push(done.length - before);
  }
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // They do not all go on as soon as there is anything left.
  expect(perTurn).toEqual([3, 3, 3, 1]);
});

test('one that asks for much is let through whole, and pays with the rest of its turn', async () => {
  const turns: (() => void)[] = [];
  const budget = new TurnBudget((run) => turns.push(run));
  budget.spend(100 * MEBIBYTE);
  expect(budget.isSpent).toBe(true);
  turns.shift()!();
  await budget.turn();
  expect(budget.isSpent).toBe(false);
});

test('one that was let in and does nothing holds up the others for a turn only', async () => {
  const turns: (() => void)[] = [];
  const budget = new TurnBudget((run) => turns.push(run));
  budget.spend(100 * MEBIBYTE);
  const idle = budget.turn();
  const other = budget.turn();
  turns.shift()!();
  await idle;
  turns.shift()!();
  await other;
});
