import type { ScalarFunction } from '../function.ts';
import { doublePairOverloads } from '../support/numeric-overloads.ts';

export const POWER: ScalarFunction = {
  kind: 'scalar',
  name: 'power',
  category: 'MATHEMATICAL',
  description: 'The first argument raised to the power of the second.',
  overloads: doublePairOverloads((base, exponent) => base ** exponent),
  examples: [{ call: 'POWER(2, 10)', result: '1024.0' }],
};
