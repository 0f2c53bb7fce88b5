import type { SqlValue } from '../../types/values.ts';
import { nullableOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, lambda, mapOf } from '../parameter.ts';

const [T, S, K, V] = [generic('T'), generic('S'), generic('K'), generic('V')];

export const REDUCE: ScalarFunction = {
  kind: 'scalar',
  name: 'reduce',
  category: 'LAMBDA',
  description: 'Folds an array, or a map, into one value by a lambda, beginning with a first value.',
  overloads: [
    nullableOverload({
      parameters: [arrayOf(T), S, lambda([S, T], S)],
      returns: S,
      evaluate: (list, first, fold) =>
        list === null || first === null || fold === null
          ? first
          : list.reduce((state, element) => fold(state, element), first),
    }),
    nullableOverload({
      parameters: [mapOf(K, V), S, lambda([S, K, V], S)],
      returns: S,
      evaluate: (map, first, fold) => {
        if (map === null || first === null || fold === null) return first;
        return [...map].reduce<SqlValue>((state, [key, value]) => fold(state, key, value), first);
      },
    }),
  ],
  examples: [
    { call: 'REDUCE(ARRAY[1, 2, 3], 10, (s, x) => s + x)', result: '16' },
    { call: "REDUCE(MAP('a' := 1, 'b' := 2), 0, (s, k, v) => s + v)", result: '3' },
  ],
};
