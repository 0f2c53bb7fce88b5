import { overload, type ScalarFunction } from '../function.ts';
import { BIGINT, DOUBLE, INTEGER } from '../parameter.ts';

export const SIGN: ScalarFunction = {
  kind: 'scalar',
  name: 'sign',
  category: 'MATHEMATICAL',
  description: 'The sign of a number: -1, 0 or 1.',
  overloads: [
    overload({ parameters: [INTEGER], returns: INTEGER, evaluate: (x) => Math.sign(x) }),
    overload({ parameters: [BIGINT], returns: INTEGER, evaluate: (x) => (x > 0n ? 1 : x < 0n ? -1 : 0) }),
    overload({ parameters: [DOUBLE], returns: INTEGER, evaluate: (x) => Math.sign(x) | 0 }),
  ],
  examples: [{ call: 'SIGN(-5)', result: '-1' }],
};
