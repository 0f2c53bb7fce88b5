import { describe, expect, it } from 'vitest';
import { SOURCES } from './corpus.ts';
import { StatementTrial } from './try-statement.ts';

// What the fuzzer once brought down: each by the rule that it broke.
describe('a statement is refused, and does not bring down the engine,', () => {
  it.each([
    ['an aggregate in WHERE of a push query', 'SELECT id FROM flights WHERE delay > MAX(distance) EMIT CHANGES;'],
    ['an aggregate in WHERE of a pull query', 'SELECT * FROM delays WHERE COUNT(n) < 3;'],
    [
      'an aggregate of a null without a type',
      'CREATE TABLE t AS SELECT id, COUNT_DISTINCT(NULL) FROM flights GROUP BY id;',
    ],
    [
      'more digits than fit into memory',
      "INSERT INTO flights (id, fare) VALUES ('h', CAST('12.5' AS DECIMAL(9223372036854775807, 2)));",
    ],
    ['a table function in WHERE', 'SELECT id FROM flights WHERE EXPLODE(leg->stops) > 1 EMIT CHANGES;'],
  ])('with %s', (_what, statement) => {
    expect(new StatementTrial(SOURCES).try(statement)).toBe('refused');
  });
});
