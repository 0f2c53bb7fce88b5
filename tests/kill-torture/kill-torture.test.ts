import { expect, test } from 'vitest';
import { killRound } from './kill-rounds.ts';

/** `npm run torture -- --only kill` kills as often as there is time for. */
const KILLS = 3;

test('transactions, groups and idempotent producers keep their promises through kill −9 of a broker process', async () => {
  const { violations, counts, story } = await killRound({ seed: 1, kills: KILLS, flush: 'always', port: 0 });
  expect(violations, story.slice(-50).join('\n')).toEqual([]);
  expect(counts.get('acked')).toBeGreaterThan(0);
}, 180_000);
