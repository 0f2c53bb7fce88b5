import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const EXP: ScalarFunction = {
  kind: 'scalar',
  name: 'exp',
  category: 'MATHEMATICAL',
  description: 'e raised to a power.',
  overloads: doubleOverloads(Math.exp),
  examples: [{ call: 'EXP(0)', result: '1.0' }],
};
