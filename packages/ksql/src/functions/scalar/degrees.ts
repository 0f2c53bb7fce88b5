import type { ScalarFunction } from '../function.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const DEGREES: ScalarFunction = {
  kind: 'scalar',
  name: 'degrees',
  category: 'MATHEMATICAL',
  description: 'Radians as degrees.',
  overloads: doubleOverloads((x) => (x / Math.PI) * 180),
  examples: [{ call: 'ROUND(DEGREES(PI()), 6)', result: '180.0' }],
};
