import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const CBRT: ScalarFunction = {
  kind: 'scalar',
  name: 'cbrt',
  category: 'MATHEMATICAL',
  description: 'The cube root.',
  overloads: doubleOverloads(Math.cbrt),
  examples: [{ call: 'CBRT(27)', result: '3.0' }],
};
