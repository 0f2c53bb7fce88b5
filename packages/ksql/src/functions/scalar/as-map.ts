import { inHashOrder } from '../../types/map-order.ts';
import { nullableOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, mapOf, STRING } from '../parameter.ts';

const T = generic('T');

export const AS_MAP: ScalarFunction = {
  kind: 'scalar',
  name: 'AS_MAP',
  category: 'MAP',
  description: 'A map of an array of keys and one of values; keys beyond the last value have null.',
  overloads: [
    nullableOverload({
      parameters: [arrayOf(STRING), arrayOf(T)],
      returns: mapOf(STRING, T),
      evaluate: (keys, values) => {
        if (keys === null || values === null) return null;
        return inHashOrder(new Map(keys.map((key, index) => [key, values[index] ?? null])));
      },
    }),
  ],
  examples: [{ call: "AS_MAP(ARRAY['a', 'b'], ARRAY[1, 2])", result: '{a=1, b=2}' }],
};
