import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, INTERVAL_UNIT, TIMESTAMP } from '../parameter.ts';
import { intervalMs } from '../support/intervals.ts';

export const TIMESTAMPADD: ScalarFunction = {
  kind: 'scalar',
  name: 'timestampadd',
  category: 'DATE / TIME',
  description: 'A timestamp some time later.',
  overloads: [
    overload({
      parameters: [INTERVAL_UNIT, INTEGER, TIMESTAMP],
      returns: TIMESTAMP,
      evaluate: (unit, count, ms) => ms + intervalMs(unit, count),
    }),
  ],
  examples: [{ call: 'TIMESTAMPADD(SECONDS, 90, FROM_UNIXTIME(0))', result: '1970-01-01T00:01:30.000' }],
};
