import { overload, type ScalarFunction } from '../function.ts';
import { BIGINT, DECIMAL, DOUBLE, INTEGER } from '../parameter.ts';
import { firstType } from '../support/decimal-types.ts';
import { roundDecimal } from '../support/rounding.ts';

export const CEIL: ScalarFunction = {
  kind: 'scalar',
  name: 'ceil',
  category: 'MATHEMATICAL',
  description: 'The smallest whole number that is not less.',
  overloads: [
    overload({ parameters: [INTEGER], returns: INTEGER, evaluate: (x) => x }),
    overload({ parameters: [BIGINT], returns: BIGINT, evaluate: (x) => x }),
    overload({ parameters: [DOUBLE], returns: DOUBLE, evaluate: (x) => Math.ceil(x) }),
    overload({
      parameters: [DECIMAL],
      returns: DECIMAL,
      returnType: firstType,
      evaluate: (x) => roundDecimal(x, 0, 'ceiling'),
    }),
  ],
  examples: [
    { call: 'CEIL(1.1)', result: '2.0' },
    { call: 'CEIL(-1.5E0)', result: '-1.0' },
  ],
};
