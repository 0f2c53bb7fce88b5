import { MS_OF_DAY } from '../../types/time-text.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, INTERVAL_UNIT, TIME } from '../parameter.ts';
import { intervalMs } from '../support/intervals.ts';

const wrap = (ms: number): number => ((ms % MS_OF_DAY) + MS_OF_DAY) % MS_OF_DAY;

export const TIMEADD: ScalarFunction = {
  kind: 'scalar',
  name: 'timeadd',
  category: 'DATE / TIME',
  description: 'A time of day some time later; after midnight it goes on from zero.',
  overloads: [
    overload({
      parameters: [INTERVAL_UNIT, INTEGER, TIME],
      returns: TIME,
      evaluate: (unit, count, ms) => wrap(ms + intervalMs(unit, count)),
    }),
  ],
  examples: [{ call: "TIMEADD(HOURS, 2, PARSE_TIME('23:30', 'HH:mm'))", result: '01:30' }],
};
