import { doubleToLong } from '../../types/java-text.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { BIGINT, DECIMAL, DOUBLE, INTEGER } from '../parameter.ts';
import { firstType, wholeType } from '../support/decimal-types.ts';
import { roundDecimal, roundDouble, roundToWhole } from '../support/rounding.ts';

export const TRUNC: ScalarFunction = {
  kind: 'scalar',
  name: 'trunc',
  category: 'MATHEMATICAL',
  description: 'Cuts a number to a whole one, or to digits after the point (before it, if negative).',
  overloads: [
    overload({ parameters: [INTEGER], returns: BIGINT, evaluate: (x) => BigInt(x) }),
    overload({ parameters: [BIGINT], returns: BIGINT, evaluate: (x) => x }),
    overload({ parameters: [DOUBLE], returns: BIGINT, evaluate: (x) => doubleToLong(Math.trunc(x)) }),
    overload({
      parameters: [DOUBLE, INTEGER],
      returns: DOUBLE,
      evaluate: (x, places) => roundDouble(x, places, 'down'),
    }),
    overload({
      parameters: [DECIMAL],
      returns: DECIMAL,
      returnType: wholeType,
      evaluate: (x) => roundToWhole(x, 'down'),
    }),
    overload({
      parameters: [DECIMAL, INTEGER],
      returns: DECIMAL,
      returnType: firstType,
      evaluate: (x, places) => roundDecimal(x, places, 'down'),
    }),
  ],
  examples: [
    { call: 'TRUNC(-1.7E0)', result: '-1' },
    { call: 'TRUNC(1.239E0, 2)', result: '1.23' },
  ],
};
