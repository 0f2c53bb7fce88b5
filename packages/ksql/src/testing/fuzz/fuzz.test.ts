import { expect, test } from 'vitest';
import { SOURCES, STATEMENTS } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import { StatementTrial } from './try-statement.ts';

const SEED = 20_240;

test('what mutations start from is correct SQL', () => {
  const trial = new StatementTrial(SOURCES);
  expect(STATEMENTS.map((statement) => [trial.try(statement), statement])).toEqual(
    STATEMENTS.map((statement) => ['accepted', statement]),
  );
});

test('mutated statements are accepted or refused with an error for the user, syntax errors with their place', () => {
  const { outcomes, findings } = fuzz({ statements: 2_000, seed: SEED });
  expect(findings).toEqual([]);
  // All three ways are walked: a fuzzer whose texts never parse would find nothing behind the parser.
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(200);
});
