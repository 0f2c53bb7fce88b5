import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stateFolder } from './state-folder.ts';

test('engines without a folder of their own have one each, which goes with them', async () => {
  const [one, two] = [stateFolder(undefined), stateFolder(undefined)];
  expect(one.path).not.toBe(two.path);
  await one.close();
  expect([existsSync(one.path), existsSync(two.path)]).toEqual([false, true]);
  await two.close();
});

test("a folder of the user's own stays", async () => {
  const chosen = stateFolder(import.meta.dirname);
  await chosen.close();
  expect(existsSync(chosen.path)).toBe(true);
});
