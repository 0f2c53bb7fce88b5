import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const COT: ScalarFunction = {
  kind: 'scalar',
  name: 'cot',
  category: 'MATHEMATICAL',
  description: 'The cotangent of an angle in radians.',
  overloads: doubleOverloads((x) => 1 / Math.tan(x)),
  examples: [{ call: 'ROUND(COT(0.7853981633974483), 6)', result: '1.0' }],
};
