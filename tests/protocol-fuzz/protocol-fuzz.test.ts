import { expect, test } from 'vitest';
import { fuzzRound } from './fuzz-protocol.ts';

/** `npm run fuzz -- protocol` sends as many as one likes. */
const FRAMES = 15_000;

test('frames of all kinds cost their own connection: a healthy client goes on, and every log is whole after it', async () => {
  const { findings, connections, answeredBytes } = await fuzzRound({ seed: 1, frames: FRAMES });
  expect(findings).toEqual([]);
  // Both kinds were tried: those that end a connection, and those that are answered.
  expect(connections).toBeGreaterThan(100);
  expect(answeredBytes).toBeGreaterThan(100_000);
}, 120_000);
