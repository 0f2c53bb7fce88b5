import { MS_OF_DAY } from '../../types/time-text.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { DATE, INTEGER, INTERVAL_UNIT } from '../parameter.ts';
import { intervalMs } from '../support/intervals.ts';

export const DATESUB: ScalarFunction = {
  kind: 'scalar',
  name: 'datesub',
  category: 'DATE / TIME',
  description: 'A date some time earlier, cut to whole days.',
  overloads: [
    overload({
      parameters: [INTERVAL_UNIT, INTEGER, DATE],
      returns: DATE,
      evaluate: (unit, count, days) => Math.trunc((days * MS_OF_DAY - intervalMs(unit, count)) / MS_OF_DAY) + 0,
    }),
  ],
  examples: [{ call: 'DATESUB(DAYS, 10, FROM_DAYS(10))', result: '1970-01-01' }],
};
