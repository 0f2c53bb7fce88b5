import { equalityOf } from '../../types/compare.ts';
import { boundNullableOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, BOOLEAN, generic } from '../parameter.ts';

const T = generic('T');

export const ARRAY_CONTAINS: ScalarFunction = {
  kind: 'scalar',
  name: 'array_contains',
  category: 'ARRAY',
  description: 'Whether an array has an element; null may be looked for too.',
  overloads: [
    boundNullableOverload({
      parameters: [arrayOf(T), T],
      returns: BOOLEAN,
      bind: ([, type]) => {
        const equal = equalityOf(type!);
        return (list, wanted) => list?.some((element) => equal(element, wanted)) ?? false;
      },
    }),
  ],
  examples: [
    { call: 'ARRAY_CONTAINS(ARRAY[1, 2], 2)', result: 'true' },
    { call: 'ARRAY_CONTAINS(ARRAY[1, 2], 3)', result: 'false' },
  ],
};
