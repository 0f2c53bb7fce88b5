import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, BOOLEAN, generic, lambda, mapOf } from '../parameter.ts';
import { collectMap, isTrue } from '../support/collect-map.ts';

const [T, K, V] = [generic('T'), generic('K'), generic('V')];

export const FILTER: ScalarFunction = {
  kind: 'scalar',
  name: 'filter',
  category: 'LAMBDA',
  description: 'The elements, or entries, for which a lambda is true.',
  overloads: [
    overload({
      parameters: [arrayOf(T), lambda([T], BOOLEAN)],
      returns: arrayOf(T),
      evaluate: (list, keep) => list.filter((element) => isTrue(keep(element))),
    }),
    overload({
      parameters: [mapOf(K, V), lambda([K, V], BOOLEAN)],
      returns: mapOf(K, V),
      evaluate: (map, keep) => collectMap([...map].filter(([key, value]) => isTrue(keep(key, value)))),
    }),
  ],
  examples: [
    { call: 'FILTER(ARRAY[1, 2, 3], x => x > 1)', result: '[2, 3]' },
    { call: "FILTER(MAP('a' := 1, 'b' := 2), (k, v) => v > 1)", result: '{b=2}' },
  ],
};
