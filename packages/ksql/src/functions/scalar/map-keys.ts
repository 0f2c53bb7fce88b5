import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, mapOf, STRING } from '../parameter.ts';

export const MAP_KEYS: ScalarFunction = {
  kind: 'scalar',
  name: 'MAP_KEYS',
  category: 'MAP',
  description: 'The keys of a map.',
  overloads: [
    overload({
      parameters: [mapOf(STRING, generic('T'))],
      returns: arrayOf(STRING),
      evaluate: (map) => [...map.keys()],
    }),
  ],
  examples: [{ call: "MAP_KEYS(MAP('a' := 1, 'b' := 2))", result: '[a, b]' }],
};
