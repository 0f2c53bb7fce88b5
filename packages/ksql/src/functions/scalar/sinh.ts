import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const SINH: ScalarFunction = {
  kind: 'scalar',
  name: 'sinh',
  category: 'MATHEMATICAL',
  description: 'The hyperbolic sine.',
  overloads: doubleOverloads(Math.sinh),
  examples: [{ call: 'SINH(0)', result: '0.0' }],
};
