import { overload, type ScalarFunction } from '../function.ts';
import { BIGINT, TIMESTAMP } from '../parameter.ts';

export const FROM_UNIXTIME: ScalarFunction = {
  kind: 'scalar',
  name: 'from_unixtime',
  category: 'DATE / TIME',
  description: 'The timestamp so many milliseconds after 1970-01-01 UTC.',
  overloads: [overload({ parameters: [BIGINT], returns: TIMESTAMP, evaluate: (ms) => Number(ms) })],
  examples: [{ call: 'FROM_UNIXTIME(100)', result: '1970-01-01T00:00:00.100' }],
};
