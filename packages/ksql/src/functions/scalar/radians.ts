import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const RADIANS: ScalarFunction = {
  kind: 'scalar',
  name: 'radians',
  category: 'MATHEMATICAL',
  description: 'Degrees as radians.',
  overloads: doubleOverloads((x) => (x / 180) * Math.PI),
  examples: [{ call: 'ROUND(RADIANS(180), 4)', result: '3.1416' }],
};
