import { equalityOf } from '../../types/compare.ts';
import { boundNullableOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';

const T = generic('T');

export const ARRAY_REMOVE: ScalarFunction = {
  kind: 'scalar',
  name: 'array_remove',
  category: 'ARRAY',
  description: 'The array without the elements that equal a value, null included.',
  overloads: [
    boundNullableOverload({
      parameters: [arrayOf(T), T],
      returns: arrayOf(T),
      bind: ([, type]) => {
        const equal = equalityOf(type!);
        return (list, unwanted) => list?.filter((element) => !equal(element, unwanted)) ?? null;
      },
    }),
  ],
  examples: [{ call: "ARRAY_REMOVE(ARRAY['foo', 'bar', 'foo'], 'foo')", result: '[bar]' }],
};
