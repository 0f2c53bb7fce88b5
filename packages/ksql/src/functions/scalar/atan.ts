import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const ATAN: ScalarFunction = {
  kind: 'scalar',
  name: 'atan',
  category: 'MATHEMATICAL',
  description: 'The angle, in radians, whose tangent is given.',
  overloads: doubleOverloads(Math.atan),
  examples: [{ call: 'ATAN(0)', result: '0.0' }],
};
