import type { ScalarFunction } from '../function.ts';
import { extremeOverloads } from '../support/extremes.ts';

export const GREATEST: ScalarFunction = {
  kind: 'scalar',
  name: 'greatest',
  category: 'MATHEMATICAL',
  description: 'The greatest of the arguments that are not null.',
  overloads: extremeOverloads(1),
  examples: [
    { call: 'GREATEST(1, NULL, 3)', result: '3' },
    { call: "GREATEST('a', 'b')", result: 'b' },
  ],
};
