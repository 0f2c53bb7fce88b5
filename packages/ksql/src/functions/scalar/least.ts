import type { ScalarFunction } from '../function.ts';
import { extremeOverloads } from '../support/extremes.ts';

export const LEAST: ScalarFunction = {
  kind: 'scalar',
  name: 'least',
  category: 'MATHEMATICAL',
  description: 'The least of the arguments that are not null.',
  overloads: extremeOverloads(-1),
  examples: [
    { call: 'LEAST(1, NULL, 3)', result: '1' },
    { call: 'LEAST(1.50, 1.5)', result: '1.50' },
  ],
};
