import { expect, test } from 'vitest';
import { runViews } from './test-support/three-views.ts';

const concat = (_key: unknown, value: string, aggregate: string) => aggregate + value;

test('an aggregate leaves, is stored and is logged with the highest time of its records', () => {
  const views = runViews(
    (builder) => {
      const stream = builder.stream<string, string>('in');
      stream
        .groupByKey()
        .aggregate(() => '', concat, { as: 'all' })
        .toStream()
        .to('out');
    },
    ['in a=1 @5', 'in a=2 @3', 'in b=3 @4'],
  );
  expect(views.outputs).toEqual(['out a=1 @5', 'out a=12 @5', 'out b=3 @4']);
  expect(views.stores.all).toEqual(['a=12 @5', 'b=3 @4']);
  expect(views.changelog).toEqual(['all a=1 @5', 'all a=12 @5', 'all b=3 @4']);
});

test('records without a key or a value are not aggregated', () => {
  const views = runViews(
    (builder) => builder.stream('in').groupByKey().count({ as: 'n' }).mapValues(String).toStream().to('out'),
    ['in =1 @1', 'in a= @2', 'in a=x @3'],
  );
  expect(views.outputs).toEqual(['out a=1 @3']);
});

test('a null result deletes the row, and the next record starts from the initializer', () => {
  const views = runViews(
    (builder) => {
      const aggregated = builder
        .stream<string, string>('in')
        .groupByKey()
        .aggregate<string | null>(
          () => '*',
          (_key, value, aggregate) => (value === 'x' ? null : `${aggregate}${value}`),
          { as: 'all' },
        );
      aggregated.toStream().to('out');
    },
    ['in a=1 @1', 'in a=x @2', 'in a=2 @3'],
  );
  expect(views.outputs).toEqual(['out a=*1 @1', 'out a= @2', 'out a=*2 @3']);
  expect(views.changelog).toEqual(['all a=*1 @1', 'all a= @2', 'all a=*2 @3']);
});

test('a reducer is not called for the first value of a key', () => {
  const views = runViews(
    (builder) =>
      builder
        .stream<string, string>('in')
        .groupByKey()
        .reduce((a, b) => `(${a},${b})`)
        .toStream()
        .to('out'),
    ['in a=1 @1', 'in a=2 @2'],
  );
  expect(views.outputs).toEqual(['out a=1 @1', 'out a=(1,2) @2']);
});

test('a cache forwards each key once a commit', () => {
  const views = runViews(
    (builder) => {
      const doubled = builder.stream<string, string>('in').flatMapValues((value) => [value, value]);
      doubled
        .groupByKey()
        .aggregate(() => '', concat, { as: 'all' })
        .toStream()
        .to('out');
    },
    ['in a=1 @1', 'in a=2 @2'],
    { cacheMaxBytes: 1_000_000 },
  );
  expect(views.outputs).toEqual(['out a=11 @1', 'out a=1122 @2']);
  expect(views.changelog).toEqual(['all a=11 @1', 'all a=1122 @2']);
});

test('grouping by another key goes through a topic, without records that have none', () => {
  const views = runViews(
    (builder) => {
      const grouped = builder.stream<string, string>('in').groupBy((_key, value) => (value === '-' ? null : value[0]!));
      grouped.count({ as: 'n' }).mapValues(String).toStream().to('out');
    },
    ['in a=x1 @1', 'in b=x2 @2', 'in a=- @3'],
  );
  expect(views.outputs).toEqual(['out x=1 @1', 'out x=2 @2']);
});
