import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const ASIN: ScalarFunction = {
  kind: 'scalar',
  name: 'asin',
  category: 'MATHEMATICAL',
  description: 'The angle, in radians, whose sine is given.',
  overloads: doubleOverloads(Math.asin),
  examples: [{ call: 'ASIN(0)', result: '0.0' }],
};
