import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const SQRT: ScalarFunction = {
  kind: 'scalar',
  name: 'sqrt',
  category: 'MATHEMATICAL',
  description: 'The square root; NaN for what is negative.',
  overloads: doubleOverloads(Math.sqrt),
  examples: [{ call: 'SQRT(9)', result: '3.0' }],
};
