import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const ACOS: ScalarFunction = {
  kind: 'scalar',
  name: 'acos',
  category: 'MATHEMATICAL',
  description: 'The angle, in radians, whose cosine is given.',
  overloads: doubleOverloads(Math.acos),
  examples: [{ call: 'ACOS(1)', result: '0.0' }],
};
