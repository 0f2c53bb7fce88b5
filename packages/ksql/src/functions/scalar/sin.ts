import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const SIN: ScalarFunction = {
  kind: 'scalar',
  name: 'sin',
  category: 'MATHEMATICAL',
  description: 'The sine of an angle in radians.',
  overloads: doubleOverloads(Math.sin),
  examples: [{ call: 'SIN(0)', result: '0.0' }],
};
