import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const COSH: ScalarFunction = {
  kind: 'scalar',
  name: 'cosh',
  category: 'MATHEMATICAL',
  description: 'The hyperbolic cosine.',
  overloads: doubleOverloads(Math.cosh),
  examples: [{ call: 'COSH(0)', result: '1.0' }],
};
