import { overload, type ScalarFunction } from '../function.ts';
import { DATE, INTEGER } from '../parameter.ts';

export const FROM_DAYS: ScalarFunction = {
  kind: 'scalar',
  name: 'from_days',
  category: 'DATE / TIME',
  description: 'The date so many days after 1970-01-01.',
  overloads: [overload({ parameters: [INTEGER], returns: DATE, evaluate: (days) => days })],
  examples: [{ call: 'FROM_DAYS(10)', result: '1970-01-11' }],
};
