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
  const perTurn: number[] = [];
  for (let before = 0; before < 10; before = done.length) {
    await new Promise((resolve) => setImmediate(resolve));
    perTurn.push(done.length - before);
    expect(turns).toHaveLength(1);
    turns.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
    if (perTurn.length > 10) break;
  }
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
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
