import { describe, expect, it } from 'vitest';
import { printerOf } from '../types/print-value.ts';
import type { SqlType } from '../types/sql-type.ts';
import { SqlTypes } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';
import { AGGREGATE_FUNCTIONS } from './built-in-aggregate.ts';
import type { AggregateExample, AggregateFunction, BoundAggregate } from './function.ts';
import { resolveOverload } from './resolve.ts';

const typeOf = (value: SqlValue): SqlType => (typeof value === 'boolean' ? SqlTypes.BOOLEAN : SqlTypes.INTEGER);

function bind(aggregate: AggregateFunction, { types, constants = [] }: AggregateExample): BoundAggregate {
  const args = [...types, ...constants.map(typeOf)].map((type) => ({ kind: 'value', type }) as const);
  const overload = resolveOverload(aggregate.overloads, args, { name: aggregate.name, implicitCasts: false });
  return overload.bind({ types, constants, setting: () => undefined });
}

const print = (bound: BoundAggregate, state: SqlValue): string | null => {
  const value = bound.result(state);
  return value === null ? null : printerOf(bound.returnType)(value);
};

const fold = (bound: BoundAggregate, rows: AggregateExample['rows'], from: SqlValue): SqlValue =>
  rows.reduce<SqlValue>((state, row) => bound.aggregate(state, ...row), from);

describe.each(AGGREGATE_FUNCTIONS.map((aggregate) => [aggregate.name, aggregate] as const))('%s', (_, aggregate) => {
  it('gives the results of its examples', () => {
    expect(aggregate.examples.length).toBeGreaterThan(0);
    for (const example of aggregate.examples) {
      const bound = bind(aggregate, example);
      expect(print(bound, fold(bound, example.rows, bound.initialize()))).toBe(example.result);
    }
  });

  it('gives the same when two halves are merged', () => {
    for (const example of aggregate.examples) {
      const bound = bind(aggregate, example);
      const middle = Math.ceil(example.rows.length / 2);
      const [first, second] = [example.rows.slice(0, middle), example.rows.slice(middle)];
      const left = fold(bound, first, bound.initialize());
      const right = fold(bound, second, bound.initialize());
      expect(print(bound, bound.merge(left, right))).toBe(example.result);
    }
  });

  it('takes out by undo what a row put in', () => {
    for (const example of aggregate.examples) {
      const bound = bind(aggregate, example);
      if (bound.undo === undefined) continue;
      const before = fold(bound, example.rows, bound.initialize());
      const row = example.rows[0]!;
      expect(print(bound, bound.undo(bound.aggregate(before, ...row), ...row))).toBe(example.result);
    }
  });

  it('never changes a state in place', () => {
    for (const example of aggregate.examples) {
      const bound = bind(aggregate, example);
      let state = bound.initialize();
      for (const row of example.rows) {
        const printed = state === null ? null : printerOf(bound.stateType)(state);
        const next = bound.aggregate(state, ...row);
        expect(state === null ? null : printerOf(bound.stateType)(state)).toBe(printed);
        state = next;
      }
    }
  });
});

describe('COUNT_DISTINCT', () => {
  it('is right within one percent for ten thousand values', () => {
    const aggregate = AGGREGATE_FUNCTIONS.find((each) => each.name === 'COUNT_DISTINCT')!;
    const bound = bind(aggregate, { types: [SqlTypes.STRING], rows: [], result: null });
    const rows = Array.from({ length: 10_000 }, (_, index) => [`user-${index % 5000}`] as const);
    const count = Number(bound.result(fold(bound, rows, bound.initialize())));
    expect(Math.abs(count - 5000)).toBeLessThan(75);
  });
});
