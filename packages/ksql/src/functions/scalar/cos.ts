import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const COS: ScalarFunction = {
  kind: 'scalar',
  name: 'cos',
  category: 'MATHEMATICAL',
  description: 'The cosine of an angle in radians.',
  overloads: doubleOverloads(Math.cos),
  examples: [{ call: 'COS(0)', result: '1.0' }],
};
