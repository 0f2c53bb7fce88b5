import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, mapOf, STRING } from '../parameter.ts';

const T = generic('T');

export const MAP_VALUES: ScalarFunction = {
  kind: 'scalar',
  name: 'MAP_VALUES',
  category: 'MAP',
  description: 'The values of a map.',
  overloads: [overload({ parameters: [mapOf(STRING, T)], returns: arrayOf(T), evaluate: (map) => [...map.values()] })],
  examples: [{ call: "MAP_VALUES(MAP('a' := 1, 'b' := 2))", result: '[1, 2]' }],
};
