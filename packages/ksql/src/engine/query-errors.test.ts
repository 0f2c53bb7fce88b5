import { MillraceError } from '@millrace/base';
import { expect, test } from 'vitest';
import { builtInFunctions } from '../functions/built-in.ts';
import { BIGINT, INTEGER } from '../functions/parameter.ts';
import { aggregateOverload } from '../functions/support/aggregates.ts';
import { SqlTypes } from '../types/sql-type.ts';
import { backOffOf } from './back-off.ts';
import { errorClassifier } from './query-errors.ts';
import type { QueriesList, QueryDescription } from './results.ts';
import { eventually, rowsOf, Service } from './test-support/service.ts';

/** A count that fails as long as it is told to. */
function functionsWithSwitch(isBroken: () => boolean) {
  const functions = builtInFunctions();
  functions.registerAggregate({
    name: 'MOODY_COUNT',
    category: 'AGGREGATE',
    description: 'Counts, if it wants to.',
    examples: [],
    overloads: [
      aggregateOverload({
        columns: [INTEGER],
        returns: BIGINT,
        bind: () => ({
          stateType: SqlTypes.BIGINT,
          returnType: SqlTypes.BIGINT,
          initialize: () => 0n,
          aggregate(count: bigint) {
            if (isBroken()) throw new MillraceError('NUMERIC_OVERFLOW', 'not today');
            return count + 1n;
          },
          merge: (left: bigint, right: bigint) => left + right,
          result: (count: bigint) => count,
        }),
      }),
    ],
  });
  return functions;
}

test('a query that fails is in error, tells why, and is started again until it goes: with nothing lost', async () => {
  await using service = await Service.start('in process');
  let isBroken = true;
  const engine = await service.engine('one', {
    functions: functionsWithSwitch(() => isBroken),
    config: { 'ksql.query.retry.backoff.initial.ms': '20', 'ksql.query.retry.backoff.max.ms': '50' },
  });
  await engine.execute(`CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic = 's', partitions = 1, value_format = 'JSON');
    CREATE TABLE t AS SELECT id, MOODY_COUNT(v) AS c FROM s GROUP BY id;
    INSERT INTO s (id, v) VALUES ('a', 1);`);
  const queries = async () => ((await engine.execute('SHOW QUERIES;'))[0] as QueriesList).queries[0]!;
  const failed = await eventually(queries, ({ state, errors }) => state === 'ERROR' && errors.length >= 2);
  expect(failed.errors[0]).toMatchObject({ type: 'USER', errorMessage: expect.stringContaining('not today') });
  const [described] = (await engine.execute('EXPLAIN CTAS_T_1;')) as [QueryDescription];
  expect(described.errors.length).toBeGreaterThanOrEqual(2);

  isBroken = false;
  await eventually(queries, ({ state }) => state === 'RUNNING');
  await engine.execute("INSERT INTO s (id, v) VALUES ('a', 2);");
  const rows = await eventually(
    () => rowsOf(engine.query("SELECT c FROM t WHERE id = 'a';")),
    (found) => (found as bigint[][])[0]?.[0] === 2n,
  );
  expect(rows).toEqual([[2n]]);
});

test.each([false, true])(
  'a record that cannot be read is passed over, or stops the query if that is wanted: %s',
  async (stops) => {
    await using service = await Service.start('in process');
    const engine = await service.engine('one', { config: { 'ksql.fail.on.deserialization.error': stops } });
    await engine.execute(`CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic = 's', partitions = 1, value_format = 'JSON');
    CREATE STREAM raw (id STRING KEY, v STRING) WITH (kafka_topic = 's', value_format = 'KAFKA');
    CREATE TABLE t AS SELECT id, COUNT(*) AS c FROM s GROUP BY id;
    INSERT INTO s (id, v) VALUES ('a', 1);
    INSERT INTO raw (id, v) VALUES ('a', 'no JSON');
    INSERT INTO s (id, v) VALUES ('a', 2);`);
    if (stops) {
      const queries = async () => ((await engine.execute('SHOW QUERIES;'))[0] as QueriesList).queries[0]!;
      const { errors } = await eventually(queries, (query) => query.errors.length > 0);
      expect(errors[0]!.errorMessage).toContain('Failed to deserialize value from topic: s');
    } else {
      const rows = () => rowsOf(engine.query("SELECT c FROM t WHERE id = 'a';"));
      await eventually(rows, (found) => (found as bigint[][])[0]?.[0] === 2n);
    }
  },
);

test('a failed query waits longer each time, up to a limit', () => {
  const { delayMs } = backOffOf({
    'ksql.query.retry.backoff.initial.ms': '100',
    'ksql.query.retry.backoff.max.ms': '700',
  });
  expect([1, 2, 3, 4, 5].map(delayMs)).toEqual([100, 200, 400, 700, 700]);
  expect(backOffOf({}).delayMs(1)).toBe(15_000);
  expect(() => backOffOf({ 'ksql.query.retry.backoff.initial.ms': 'soon' })).toThrow(/Invalid value soon/);
});

test('errors are told by whose fault they are', () => {
  const classify = errorClassifier({ 'ksql.error.classifier.regex.mine': 'USER .*my fault.*' });
  const caused = (code: string) => new Error('outer', { cause: new MillraceError(code, 'inner') });
  expect(classify(caused('UNKNOWN_TOPIC_OR_PARTITION'))).toBe('USER');
  expect(classify(caused('TIMEOUT'))).toBe('SYSTEM');
  expect(classify(new MillraceError('ANY', 'x', { retriable: true }))).toBe('SYSTEM');
  expect(classify(new TypeError('a bug'))).toBe('UNKNOWN');
  expect(classify(new Error('this is my fault, sorry'))).toBe('USER');
  expect(() => errorClassifier({ 'ksql.error.classifier.regex.mine': 'NOBODY x' })).toThrow(/give a type/);
});
