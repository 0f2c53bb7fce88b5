import { inGrownHashOrder } from '../../types/map-order.ts';
import { nullableOverload, type ScalarFunction } from '../function.ts';
import { generic, mapOf, STRING } from '../parameter.ts';

const MAP = mapOf(STRING, generic('T'));

export const MAP_UNION: ScalarFunction = {
  kind: 'scalar',
  name: 'MAP_UNION',
  category: 'MAP',
  description: 'The entries of both maps; where both have a key the second wins.',
  overloads: [
    nullableOverload({
      parameters: [MAP, MAP],
      returns: MAP,
      evaluate: (left, right) =>
        left === null && right === null ? null : inGrownHashOrder(new Map([...(left ?? []), ...(right ?? [])])),
    }),
  ],
  examples: [{ call: "MAP_UNION(MAP('a' := 1, 'b' := 2), MAP('b' := 3))", result: '{a=1, b=3}' }],
};
