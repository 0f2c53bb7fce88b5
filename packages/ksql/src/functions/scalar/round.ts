import { doubleToLong } from '../../types/java-text.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { BIGINT, DECIMAL, DOUBLE, INTEGER } from '../parameter.ts';
import { firstType, wholeType } from '../support/decimal-types.ts';
import { roundDecimal, roundDouble, roundToWhole } from '../support/rounding.ts';

/** A half goes towards the greater number, for negative numbers too, as in Java's Math.round. */
export const ROUND: ScalarFunction = {
  kind: 'scalar',
  name: 'round',
  category: 'MATHEMATICAL',
  description: 'Rounds to a whole number, or to digits after the point (before it, if negative); halves go up.',
  overloads: [
    overload({ parameters: [INTEGER], returns: BIGINT, evaluate: (x) => BigInt(x) }),
    overload({ parameters: [BIGINT], returns: BIGINT, evaluate: (x) => x }),
    overload({ parameters: [DOUBLE], returns: BIGINT, evaluate: (x) => doubleToLong(Math.round(x)) }),
    overload({
      parameters: [DOUBLE, INTEGER],
      returns: DOUBLE,
      evaluate: (x, places) => roundDouble(x, places, 'half-ceiling'),
    }),
    overload({
      parameters: [DECIMAL],
      returns: DECIMAL,
      returnType: wholeType,
      evaluate: (x) => roundToWhole(x, 'half-ceiling'),
    }),
    overload({
      parameters: [DECIMAL, INTEGER],
      returns: DECIMAL,
      returnType: firstType,
      evaluate: (x, places) => roundDecimal(x, places, 'half-ceiling'),
    }),
  ],
  examples: [
    { call: 'ROUND(1.5E0)', result: '2' },
    { call: 'ROUND(-1.5E0)', result: '-1' },
    { call: 'ROUND(1.2345E0, 2)', result: '1.23' },
    { call: 'ROUND(12345.678, -2)', result: '12300.000' },
  ],
};
