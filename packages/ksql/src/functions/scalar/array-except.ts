import type { ScalarFunction } from '../function.ts';
import { distinct, setOverload } from '../support/array-sets.ts';

export const ARRAY_EXCEPT: ScalarFunction = {
  kind: 'scalar',
  name: 'array_except',
  category: 'ARRAY',
  description: 'The distinct elements of the first array that the second has not.',
  overloads: [
    setOverload((left, right, identity) => {
      const others = new Set(right.map(identity));
      return distinct(left, identity).filter((element) => !others.has(identity(element)));
    }),
  ],
  examples: [{ call: 'ARRAY_EXCEPT(ARRAY[0, 0, 1, -1], ARRAY[1, -2])', result: '[0, -1]' }],
};
