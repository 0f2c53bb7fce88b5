import { overload, type ScalarFunction } from '../function.ts';
import { BIGINT, DECIMAL, DOUBLE, INTEGER } from '../parameter.ts';
import { firstType } from '../support/decimal-types.ts';
import { roundDecimal } from '../support/rounding.ts';

export const FLOOR: ScalarFunction = {
  kind: 'scalar',
  name: 'floor',
  category: 'MATHEMATICAL',
  description: 'The largest whole number that is not greater.',
  overloads: [
    overload({ parameters: [INTEGER], returns: INTEGER, evaluate: (x) => x }),
    overload({ parameters: [BIGINT], returns: BIGINT, evaluate: (x) => x }),
    overload({ parameters: [DOUBLE], returns: DOUBLE, evaluate: (x) => Math.floor(x) }),
    overload({
      parameters: [DECIMAL],
      returns: DECIMAL,
      returnType: firstType,
      evaluate: (x) => roundDecimal(x, 0, 'floor'),
    }),
  ],
  examples: [
    { call: 'FLOOR(1.9)', result: '1.0' },
    { call: 'FLOOR(-1.5E0)', result: '-2.0' },
  ],
};
