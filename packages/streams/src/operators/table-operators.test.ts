import { expect, test } from 'vitest';
import { runViews } from './test-support/three-views.ts';

test('a row that the filter drops becomes a deletion, also where nothing was downstream', () => {
  const views = runViews(
    (builder) =>
      builder
        .table<string, string>('in')
        .filter((_key, value) => value !== 'x')
        .toStream()
        .to('out'),
    ['in a=x @1', 'in a=1 @2', 'in a=x @3', 'in a= @4'],
  );
  expect(views.outputs).toEqual(['out a= @1', 'out a=1 @2', 'out a= @3', 'out a= @4']);
  expect(views.stores).toEqual({});
});

test('with old values in play, a row that was not there and is not there says nothing', () => {
  const views = runViews(
    (builder) => {
      const table = builder.table<string, string>('in');
      table
        .filter((_key, value) => value !== 'x')
        .toStream()
        .to('early');
      // The grouping needs old values, so from here on the table is stored and sends them.
      table.groupBy((_key, value) => [value, value]).count();
      table
        .filter((_key, value) => value !== 'x')
        .toStream()
        .to('late');
    },
    ['in a=x @1', 'in a=1 @2', 'in a=x @3', 'in a=x @4'],
  );
  expect(views.outputs.filter((line) => line.startsWith('early'))).toEqual([
    'early a= @1',
    'early a=1 @2',
    'early a= @3',
    'early a= @4',
  ]);
  expect(views.outputs.filter((line) => line.startsWith('late'))).toEqual(['late a=1 @2', 'late a= @3']);
});

test('of a table with history, a row that does not pass the filter is deleted each time', () => {
  const views = runViews(
    (builder) => {
      builder
        .table<string, string>('in', { as: 'history', historyRetention: 100 })
        .filter((_key, value) => value !== 'x')
        .toStream()
        .to('out');
    },
    ['in a=x @1', 'in a=x @2'],
  );
  expect(views.outputs).toEqual(['out a= @1', 'out a= @2']);
});

test('a mapper never sees a deleted row, a transformer does', () => {
  const views = runViews(
    (builder) => {
      const table = builder.table<string, string>('in');
      table
        .mapValues((value) => `<${value}>`)
        .toStream()
        .to('mapped');
      table
        .transformValues(() => ({ transform: (key, value) => `${key}:${value ?? 'gone'}` }))
        .toStream()
        .to('transformed');
    },
    ['in a=1 @1', 'in a= @2'],
  );
  expect(views.outputs).toEqual(['mapped a=<1> @1', 'transformed a=a:1 @1', 'mapped a= @2', 'transformed a=a:gone @2']);
});

test('a regrouped row leaves its old group before it enters the new one', () => {
  const views = runViews(
    (builder) => {
      const grouped = builder.table<string, string>('in').groupBy((key, value) => [value[0]!, key]);
      grouped
        .aggregate(
          () => '',
          (_group, key, all) => `${all}+${key}`,
          (_group, key, all) => `${all}-${key}`,
          { as: 'groups' },
        )
        .toStream()
        .to('out');
    },
    ['in a=x1 @1', 'in b=x2 @2', 'in a=x3 @3', 'in a=y1 @4', 'in b= @5'],
  );
  expect(views.outputs).toEqual([
    'out x=+a @1',
    'out x=+a+b @2',
    'out x=+a+b-a+a @3',
    'out x=+a+b-a+a-a @4',
    'out y=+a @4',
    'out x=+a+b-a+a-a-b @5',
  ]);
  expect(views.stores.groups).toEqual(['x=+a+b-a+a-a-b @5', 'y=+a @4']);
});

test.each([
  ['inner', ['out a=(1,x) @2', 'out a= @4']],
  ['left', ['out a=(1,-) @1', 'out a=(1,x) @2', 'out b=(2,-) @3', 'out a= @4']],
  ['outer', ['out a=(1,-) @1', 'out a=(1,x) @2', 'out b=(2,-) @3', 'out a=(-,x) @4', 'out c=(-,y) @5']],
] as const)('an %s join follows both tables', (kind, expected) => {
  const views = runViews(
    (builder) => {
      const left = builder.table<string, string>('left');
      const right = builder.table<string, string>('right');
      const joiner = (l: string | null, r: string | null) => `(${l ?? '-'},${r ?? '-'})`;
      const join = {
        inner: () => left.join(right, joiner),
        left: () => left.leftJoin(right, joiner),
        outer: () => left.outerJoin(right, joiner),
      };
      join[kind]().toStream().to('out');
    },
    ['left a=1 @1', 'right a=x @2', 'left b=2 @3', 'left a= @4', 'right c=y @5'],
  );
  expect(views.outputs).toEqual(expected);
});

test('a stream joins the present row of a table, with a history the row of its own time', () => {
  const joined = (historyRetention?: number) =>
    runViews(
      (builder) => {
        const table = builder.table<string, string>('table', {
          as: 'rows',
          ...(historyRetention === undefined ? {} : { historyRetention }),
        });
        builder
          .stream<string, string>('in')
          .join(table, (left, right) => left + right)
          .to('out');
      },
      ['table a=x @10', 'table a=y @20', 'in a=1 @15', 'in a=2 @25', 'in b=3 @26'],
    ).outputs;
  expect(joined()).toEqual(['out a=1y @15', 'out a=2y @25']);
  expect(joined(100)).toEqual(['out a=1x @15', 'out a=2y @25']);
});

test('with a grace period a record waits for the row of its time', () => {
  const views = runViews(
    (builder) => {
      const table = builder.table<string, string>('table', { as: 'rows', historyRetention: 100 });
      builder
        .stream<string, string>('in')
        .join(table, (left, right) => left + right, { grace: 10, name: 'j' })
        .to('out');
    },
    ['in a=1 @5', 'table a=x @4', 'in a=2 @15', 'in a=3 @3'],
  );
  expect(views.outputs).toEqual(['out a=1x @5']);
});

test('a global table is joined by a key of the record, whatever its partition', () => {
  const views = runViews(
    (builder) => {
      const table = builder.globalTable<string, string>('table');
      builder
        .stream<string, string>('in')
        .leftJoin(
          table,
          (_key, value) => value,
          (value, row) => `${value}:${row ?? 'none'}`,
        )
        .to('out');
    },
    ['table x=1 @1', 'in a=x @2', 'in a=y @3'],
  );
  expect(views.outputs).toEqual(['out a=x:1 @2', 'out a=y:none @3']);
});

test('several streams are aggregated into one table, each by its own aggregator', () => {
  const views = runViews(
    (builder) => {
      const plus = builder.stream<string, string>('plus').groupByKey();
      const minus = builder.stream<string, string>('minus').groupByKey();
      plus
        .cogroup<string>((_key, value, all) => `${all}+${value}`)
        .cogroup(minus, (_key, value, all) => `${all}-${value}`)
        .aggregate(() => '', { as: 'both' })
        .toStream()
        .to('out');
    },
    ['plus a=1 @1', 'minus a=2 @2', 'minus b=3 @3'],
  );
  expect(views.outputs).toEqual(['out a=+1 @1', 'out a=+1-2 @2', 'out b=-3 @3']);
});
