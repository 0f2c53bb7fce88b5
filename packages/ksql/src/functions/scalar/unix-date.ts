import { MS_OF_DAY } from '../../types/time-text.ts';
import { boundOverload, overload, type ScalarFunction } from '../function.ts';
import { DATE, INTEGER } from '../parameter.ts';

export const UNIX_DATE: ScalarFunction = {
  kind: 'scalar',
  name: 'unix_date',
  category: 'DATE / TIME',
  description: 'Days since 1970-01-01: of a date, or now.',
  overloads: [
    boundOverload({
      parameters: [],
      returns: INTEGER,
      bind:
        (_, { clock }) =>
        () =>
          Math.floor(clock.wallMs() / MS_OF_DAY),
    }),
    overload({ parameters: [DATE], returns: INTEGER, evaluate: (days) => days }),
  ],
  examples: [{ call: 'UNIX_DATE(FROM_DAYS(10))', result: '10' }],
};
