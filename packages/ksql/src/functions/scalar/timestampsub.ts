import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, INTERVAL_UNIT, TIMESTAMP } from '../parameter.ts';
import { intervalMs } from '../support/intervals.ts';

export const TIMESTAMPSUB: ScalarFunction = {
  kind: 'scalar',
  name: 'timestampsub',
  category: 'DATE / TIME',
  description: 'A timestamp some time earlier.',
  overloads: [
    overload({
      parameters: [INTERVAL_UNIT, INTEGER, TIMESTAMP],
      returns: TIMESTAMP,
      evaluate: (unit, count, ms) => ms - intervalMs(unit, count),
    }),
  ],
  examples: [{ call: 'TIMESTAMPSUB(SECONDS, 1, FROM_UNIXTIME(1000))', result: '1970-01-01T00:00:00.000' }],
};
