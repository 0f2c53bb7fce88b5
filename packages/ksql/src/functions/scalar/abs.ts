import { Decimal } from '../../types/decimal.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { BIGINT, DECIMAL, DOUBLE, INTEGER } from '../parameter.ts';
import { firstType } from '../support/decimal-types.ts';

export const ABS: ScalarFunction = {
  kind: 'scalar',
  name: 'abs',
  category: 'MATHEMATICAL',
  description: 'The number without its sign.',
  overloads: [
    overload({ parameters: [INTEGER], returns: INTEGER, evaluate: (x) => Math.abs(x) | 0 }),
    overload({ parameters: [BIGINT], returns: BIGINT, evaluate: (x) => BigInt.asIntN(64, x < 0n ? -x : x) }),
    overload({ parameters: [DOUBLE], returns: DOUBLE, evaluate: (x) => Math.abs(x) }),
    overload({
      parameters: [DECIMAL],
      returns: DECIMAL,
      returnType: firstType,
      evaluate: (x) => (x.unscaled < 0n ? new Decimal(-x.unscaled, x.scale) : x),
    }),
  ],
  examples: [
    { call: 'ABS(-3)', result: '3' },
    { call: 'ABS(-1.50)', result: '1.50' },
  ],
};
