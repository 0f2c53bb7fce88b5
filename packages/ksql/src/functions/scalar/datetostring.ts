import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { formatDays } from '../support/format-date.ts';

export const DATETOSTRING: ScalarFunction = {
  kind: 'scalar',
  name: 'datetostring',
  category: 'DATE / TIME',
  description: 'Days since 1970-01-01 by a Java pattern. Deprecated: use FORMAT_DATE.',
  overloads: [
    overload({
      parameters: [INTEGER, STRING],
      returns: STRING,
      evaluate: (days, pattern) => formatDays(days, parsePattern(pattern)),
    }),
  ],
  examples: [{ call: "DATETOSTRING(18993, 'dd-MMM-yyyy')", result: '01-Jan-2022' }],
};
