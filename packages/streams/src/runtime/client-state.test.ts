import { expect, test } from 'vitest';
import { ClientState } from './client-state.ts';

test('listeners hear each move, and an ended instance never comes back', () => {
  const state = new ClientState();
  const heard: string[] = [];
  const stop = state.listen((to, from) => heard.push(`${from} ${to}`));
  state.move('REBALANCING');
  expect(state.tryMove('RUNNING')).toBe(true);
  expect(state.tryMove('RUNNING')).toBe(false);
  state.move('PENDING_SHUTDOWN');
  expect(state.tryMove('REBALANCING')).toBe(false);
  stop();
  state.move('NOT_RUNNING');
  expect(heard).toEqual(['CREATED REBALANCING', 'REBALANCING RUNNING', 'RUNNING PENDING_SHUTDOWN']);
  expect(() => state.move('RUNNING')).toThrow('cannot go from NOT_RUNNING to RUNNING');
});
