import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const TAN: ScalarFunction = {
  kind: 'scalar',
  name: 'tan',
  category: 'MATHEMATICAL',
  description: 'The tangent of an angle in radians.',
  overloads: doubleOverloads(Math.tan),
  examples: [{ call: 'TAN(0)', result: '0.0' }],
};
