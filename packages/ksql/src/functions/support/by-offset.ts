import { MillraceError } from '@millrace/base';
import {
  type ArrayType,
  arrayType,
  type SqlType,
  SqlTypes,
  type StructType,
  structType,
} from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateOverload } from '../function.ts';
import { arrayOf, BOOLEAN, constant, generic, INTEGER } from '../parameter.ts';
import { aggregateOverload } from './aggregates.ts';

/** A value and when it came, by a count that goes on with every value; so sessions that merge know the order. */
export type Sequenced = readonly [sequence: bigint, value: SqlValue];

const sequencedType = (type: SqlType): StructType =>
  structType([
    { name: 'SEQ', type: SqlTypes.BIGINT },
    { name: 'VAL', type },
  ]);

/** How EARLIEST_BY_OFFSET and LATEST_BY_OFFSET differ. */
export type ByOffset = {
  /** Of one value, or none yet, and a new one the one to keep. */
  keep(known: Sequenced | null, next: Sequenced): Sequenced;
  /** Of the values in order the n to keep. */
  keepSome(known: readonly Sequenced[], count: number): readonly Sequenced[];
  /** What an error calls the number of values. */
  readonly countName: string;
};

const T = generic('T');
const COUNT = constant(INTEGER);
const IGNORE_NULLS = constant(BOOLEAN);

const inOrder = (left: Sequenced, right: Sequenced): number => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0);

function single(rule: ByOffset, constants: readonly (typeof IGNORE_NULLS)[]): AggregateOverload {
  return aggregateOverload({
    columns: [T],
    constants,
    returns: T,
    bind: ({ types, constants: [ignoreNulls = true] }) => {
      let sequence = 0n;
      return {
        stateType: sequencedType(types[0]!),
        returnType: types[0]!,
        initialize: (): Sequenced | null => null,
        aggregate: (state: Sequenced | null, value) =>
          value === null && ignoreNulls === true ? state : rule.keep(state, [sequence++, value]),
        merge: (left, right) => {
          if (left === null || right === null) return left ?? right;
          const [first, second] = [left, right].sort(inOrder) as [Sequenced, Sequenced];
          return rule.keep(first, second);
        },
        result: (state) => (state === null ? null : state[1]),
      };
    },
  });
}

function several(rule: ByOffset, withNulls: boolean): AggregateOverload {
  return aggregateOverload({
    columns: [T],
    constants: withNulls ? [COUNT, IGNORE_NULLS] : [COUNT],
    returns: arrayOf(T),
    bind: ({ types, constants: [limit, ignoreNulls = true] }) => {
      const count = requirePositive(limit, rule.countName);
      const stateType: ArrayType = arrayType(sequencedType(types[0]!));
      let sequence = 0n;
      return {
        stateType,
        returnType: arrayType(types[0]!),
        initialize: (): readonly Sequenced[] => [],
        aggregate: (state: readonly Sequenced[], value) =>
          value === null && ignoreNulls === true ? state : rule.keepSome([...state, [sequence++, value]], count),
        // The first of both, also for the latest: what ksqlDB does where sessions meet.
        merge: (left, right) => [...left, ...right].sort(inOrder).slice(0, count),
        result: (state) => state.map(([, value]) => value),
      };
    },
  });
}

function requirePositive(limit: SqlValue | undefined, name: string): number {
  if (typeof limit === 'number' && limit > 0) return limit;
  throw new MillraceError('INVALID_ARGUMENT', `${name} must be 1 or greater`);
}

/** The four overloads: with a number of values to keep or not, with a choice about nulls or not. */
export function byOffsetOverloads(rule: ByOffset): readonly AggregateOverload[] {
  return [single(rule, []), single(rule, [IGNORE_NULLS]), several(rule, false), several(rule, true)];
}
