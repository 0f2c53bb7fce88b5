import type { ScalarFunction } from '../function.ts';
import { javaLog } from '../support/java-log.ts';
import { doubleOverloads, doublePairOverloads } from '../support/numeric-overloads.ts';

export const LOG: ScalarFunction = {
  kind: 'scalar',
  name: 'log',
  category: 'MATHEMATICAL',
  description: 'The natural logarithm, or with two arguments the one to the base of the first.',
  overloads: [
    ...doubleOverloads(javaLog),
    ...doublePairOverloads((base, value) => (base <= 0 || base === 1 ? Number.NaN : javaLog(value) / javaLog(base))),
  ],
  examples: [
    { call: 'LOG(1)', result: '0.0' },
    { call: 'ROUND(LOG(10, 1000), 6)', result: '3.0' },
  ],
};
