import type { ScalarFunction } from '../function.ts';
import { javaLog } from '../support/java-log.ts';
import { doubleOverloads } from '../support/numeric-overloads.ts';

export const LN: ScalarFunction = {
  kind: 'scalar',
  name: 'ln',
  category: 'MATHEMATICAL',
  description: 'The natural logarithm.',
  overloads: doubleOverloads(javaLog),
  examples: [{ call: 'LN(1)', result: '0.0' }],
};
