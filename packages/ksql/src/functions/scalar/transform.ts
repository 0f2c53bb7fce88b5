import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, lambda, mapOf } from '../parameter.ts';
import { collectMap } from '../support/collect-map.ts';

const [T, R, K, V] = [generic('T'), generic('R'), generic('K'), generic('V')];

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
        collectMap([...map].map(([key, value]) => [changeKey(key, value), changeValue(key, value)])),
    }),
  ],
  examples: [
    { call: 'TRANSFORM(ARRAY[1, 2], x => x * 10)', result: '[10, 20]' },
    { call: "TRANSFORM(MAP('a' := 1), (k, v) => UCASE(k), (k, v) => v + 1)", result: '{A=2}' },
  ],
};
