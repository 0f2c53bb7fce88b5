import { identityOf } from '../../types/compare.ts';
import { boundOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';
import { distinct, elementType } from '../support/array-sets.ts';

const LIST = arrayOf(generic('T'));

export const ARRAY_DISTINCT: ScalarFunction = {
  kind: 'scalar',
  name: 'array_distinct',
  category: 'ARRAY',
  description: 'The array with each element once, where it first stood.',
  overloads: [
    boundOverload({
      parameters: [LIST],
      returns: LIST,
      bind: ([type]) => {
        const identity = identityOf(elementType(type));
        return (list) => distinct(list, identity);
      },
    }),
  ],
  examples: [{ call: 'ARRAY_DISTINCT(ARRAY[1, 2, 1])', result: '[1, 2]' }],
};
