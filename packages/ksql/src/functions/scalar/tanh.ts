import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const TANH: ScalarFunction = {
  kind: 'scalar',
  name: 'tanh',
  category: 'MATHEMATICAL',
  description: 'The hyperbolic tangent.',
  overloads: doubleOverloads(Math.tanh),
  examples: [{ call: 'TANH(0)', result: '0.0' }],
};
