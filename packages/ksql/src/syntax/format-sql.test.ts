import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSql } from './format-sql.ts';
import { printStatement } from './print-statement.ts';
import { arbitraryStatement } from './test-support/arbitrary-statements.ts';

test('short statements stay on a line, long ones have a clause a line', () => {
  const text = `create stream s (id string key, v map<string,array<int>>) with (kafka_topic='s',partitions=1);
create table totals with(value_format = 'AVRO') as select id , count( * ) as n, sum(v['a'] [1] * - 2) as s, s->x->y as z
from s left outer join t within (1 hour, 2 hours) grace period 1 day on s.id=t.id window tumbling(size 1 hour)
where v >= 3 and x in (1,2) group by id having count(*)>1 emit changes;`;
  expect(
    formatSql(text),
  ).toBe(`CREATE STREAM s (id STRING KEY, v MAP<STRING, ARRAY<int>>) WITH (kafka_topic = 's', partitions = 1);
CREATE TABLE totals
WITH (value_format = 'AVRO') AS
  SELECT id, count(*) AS n, sum(v['a'][1] * -2) AS s, s->x->y AS z
  FROM s
  LEFT OUTER JOIN t WITHIN (1 HOUR, 2 HOURS) GRACE PERIOD 1 DAY ON s.id = t.id
  WINDOW TUMBLING (SIZE 1 HOUR)
  WHERE v >= 3 AND x IN (1, 2)
  GROUP BY id
  HAVING count(*) > 1
  EMIT CHANGES;
`);
});

test('comments stay: on lines of their own, behind what they are about, and inside an expression', () => {
  const text = `-- what this is
--@test: one

CREATE STREAM s ( -- the orders
    id STRING KEY, -- of the shop
    -- in cents
    amount BIGINT /* never null */
) WITH (kafka_topic='s', value_format='JSON');
SELECT a, -- first
  b + -- inside
  c FROM s EMIT CHANGES; -- behind
-- the end`;
  const formatted = formatSql(text);
  expect(formatted).toBe(`-- what this is
--@test: one
CREATE STREAM s ( -- the orders
  id STRING KEY, -- of the shop
  -- in cents
  amount BIGINT /* never null */
)
WITH (kafka_topic = 's', value_format = 'JSON');
SELECT
  a, -- first
  b + /* inside */ c
FROM s
EMIT CHANGES; -- behind
-- the end
`);
  expect(formatSql(formatted)).toBe(formatted);
});

test('whatever is said, it is said the same way again, and formatting twice changes nothing', () => {
  fc.assert(
    fc.property(arbitraryStatement, (statement) => {
      // The check that the meaning stays is in formatSql itself.
      const once = formatSql(printStatement(statement));
      expect(formatSql(once)).toBe(once);
    }),
    { numRuns: 100 },
  );
});

test('a text that is no SQL is refused with its place', () => {
  expect(() => formatSql('SELEC 1;')).toThrow(/line 1:1/);
});
