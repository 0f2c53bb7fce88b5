import { overload, type ScalarFunction } from '../function.ts';
import { DOUBLE } from '../parameter.ts';

export const PI: ScalarFunction = {
  kind: 'scalar',
  name: 'pi',
  category: 'MATHEMATICAL',
  description: 'The number pi.',
  overloads: [overload({ parameters: [], returns: DOUBLE, evaluate: () => Math.PI })],
  examples: [{ call: 'PI()', result: '3.141592653589793' }],
};
