import { describe, expect, it } from 'vitest';
import { SOURCES } from './corpus.ts';
import { StatementTrial } from './try-statement.ts';

// What the fuzzer once brought down: each by the rule that it broke.
describe('a statement is refused, and does not bring down the engine,', () => {
  it.each([
    ['an aggregate in WHERE of a push query', 'SELECT id FROM flights WHERE delay > MAX(distance) EMIT CHANGES;'],
    ['an aggregate in WHERE of a pull query', 'SELECT * FROM delays WHERE COUNT(n) < 3;'],
    ['a table function in WHERE', 'SELECT id FROM flights WHERE EXPLODE(leg->stops) > 1 EMIT CHANGES;'],
  ])('with %s', (_what, statement) => {
    expect(new StatementTrial(SOURCES).try(statement)).toBe('refused');
  });
});
