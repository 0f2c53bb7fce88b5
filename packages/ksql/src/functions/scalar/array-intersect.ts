import type { ScalarFunction } from '../function.ts';
import { distinct, setOverload } from '../support/array-sets.ts';

export const ARRAY_INTERSECT: ScalarFunction = {
  kind: 'scalar',
  name: 'array_intersect',
  category: 'ARRAY',
  description: 'The distinct elements that both arrays have.',
  overloads: [
    setOverload((left, right, identity) => {
      const others = new Set(right.map(identity));
      return distinct(left, identity).filter((element) => others.has(identity(element)));
    }),
  ],
  examples: [{ call: 'ARRAY_INTERSECT(ARRAY[0, 0, 1, -1], ARRAY[1, -2, 0])', result: '[0, 1]' }],
};
