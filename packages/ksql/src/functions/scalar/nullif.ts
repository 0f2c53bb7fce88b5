import { equalityOf } from '../../types/compare.ts';
import { boundNullableOverload, type ScalarFunction } from '../function.ts';
import { generic } from '../parameter.ts';

const T = generic('T');

export const NULLIF: ScalarFunction = {
  kind: 'scalar',
  name: 'NULLIF',
  category: 'CONDITIONAL',
  description: 'Null if both arguments are equal, else the first.',
  overloads: [
    boundNullableOverload({
      parameters: [T, T],
      returns: T,
      bind: ([type]) => {
        const equal = equalityOf(type!);
        return (value, other) => (equal(value, other) ? null : value);
      },
    }),
  ],
  examples: [
    { call: 'NULLIF(1, 1)', result: null },
    { call: 'NULLIF(1, 2)', result: '1' },
  ],
};
