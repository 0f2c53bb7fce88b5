import { orderOf } from '../../types/compare.ts';
import { boundOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';
import { elementType } from '../support/array-sets.ts';
import { extremeOf } from '../support/extremes.ts';

export const ARRAY_MAX: ScalarFunction = {
  kind: 'scalar',
  name: 'array_max',
  category: 'ARRAY',
  description: 'The greatest element that is not null.',
  overloads: [
    boundOverload({
      parameters: [arrayOf(generic('T'))],
      returns: generic('T'),
      bind: ([type]) => {
        const compare = orderOf(elementType(type));
        return (list) => extremeOf(list, compare, 1);
      },
    }),
  ],
  examples: [{ call: 'ARRAY_MAX(ARRAY[1, NULL, 3])', result: '3' }],
};
