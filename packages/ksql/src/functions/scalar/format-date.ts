import { overload, type ScalarFunction } from '../function.ts';
import { DATE, STRING } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { formatDays } from '../support/format-date.ts';

export const FORMAT_DATE: ScalarFunction = {
  kind: 'scalar',
  name: 'format_date',
  category: 'DATE / TIME',
  description: 'A date by a Java pattern.',
  overloads: [
    overload({
      parameters: [DATE, STRING],
      returns: STRING,
      evaluate: (days, pattern) => formatDays(days, parsePattern(pattern)),
    }),
  ],
  examples: [
    { call: "FORMAT_DATE(FROM_DAYS(17662), 'dd/MM/yyyy')", result: '11/05/2018' },
    { call: "FORMAT_DATE(FROM_DAYS(-1), 'dd-MM-yyyy''x''')", result: '31-12-1969x' },
  ],
};
