import type { ScalarFunction } from '../function.ts';
import { doublePairOverloads } from '../support/numeric-overloads.ts';

export const ATAN2: ScalarFunction = {
  kind: 'scalar',
  name: 'atan2',
  category: 'MATHEMATICAL',
  description: 'The angle of the point (x, y), given as y and x.',
  overloads: doublePairOverloads(Math.atan2),
  examples: [{ call: 'ATAN2(0, 1)', result: '0.0' }],
};
