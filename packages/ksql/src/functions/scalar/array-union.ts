import type { ScalarFunction } from '../function.ts';
import { distinct, setOverload } from '../support/array-sets.ts';

export const ARRAY_UNION: ScalarFunction = {
  kind: 'scalar',
  name: 'array_union',
  category: 'ARRAY',
  description: 'The distinct elements of both arrays.',
  overloads: [setOverload((left, right, identity) => distinct([...left, ...right], identity))],
  examples: [{ call: 'ARRAY_UNION(ARRAY[0, 0, 1], ARRAY[1, -2])', result: '[0, 1, -2]' }],
};
