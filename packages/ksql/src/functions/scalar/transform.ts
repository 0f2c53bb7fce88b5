import { MillraceError } from '@millrace/base';
import { inGrownHashOrder } from '../../types/map-order.ts';
import type { SqlValue } from '../../types/values.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, lambda, mapOf } from '../parameter.ts';

const [T, R, K, V] = [generic('T'), generic('R'), generic('K'), generic('V')];

function requireDistinct(entries: readonly (readonly [SqlValue, SqlValue])[]): Map<SqlValue, SqlValue> {
  const result = new Map(entries);
  if (result.size < entries.length) {
    throw new MillraceError('INVALID_ARGUMENT', 'TRANSFORM made the same key of two entries');
  }
  return inGrownHashOrder(result);
}

export const TRANSFORM: ScalarFunction = {
  kind: 'scalar',
  name: 'transform',
  category: 'LAMBDA',
  description: 'Applies a lambda to every element, or one to every key and one to every value.',
  overloads: [
    overload({
      parameters: [arrayOf(T), lambda([T], R)],
      returns: arrayOf(R),
      evaluate: (list, change) => list.map((element) => change(element)),
    }),
    overload({
      parameters: [mapOf(K, V), lambda([K, V], R), lambda([K, V], T)],
      returns: mapOf(R, T),
      evaluate: (map, changeKey, changeValue) =>
        requireDistinct([...map].map(([key, value]) => [changeKey(key, value), changeValue(key, value)])),
    }),
  ],
  examples: [
    { call: 'TRANSFORM(ARRAY[1, 2], x => x * 10)', result: '[10, 20]' },
    { call: "TRANSFORM(MAP('a' := 1), (k, v) => UCASE(k), (k, v) => v + 1)", result: '{A=2}' },
  ],
};
