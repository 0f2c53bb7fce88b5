import { overload, type ScalarFunction } from '../function.ts';
import { DATE, STRING } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { parseDays } from '../support/parse-date.ts';

export const PARSE_DATE: ScalarFunction = {
  kind: 'scalar',
  name: 'parse_date',
  category: 'DATE / TIME',
  description: 'Reads a date by a Java pattern.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: DATE,
      evaluate: (text, pattern) => parseDays(text, parsePattern(pattern)),
    }),
  ],
  examples: [
    { call: "PARSE_DATE('11/05/2019', 'dd/MM/yyyy')", result: '2019-05-11' },
    { call: "PARSE_DATE('JAN-2022', 'MMM-yyyy')", result: '2022-01-01' },
    { call: "PARSE_DATE('2022-01-31 noon', 'yyyy-MM-dd')", result: '2022-01-31' },
    { call: "PARSE_DATE('2022', 'yyyy-MM-dd')", result: null },
  ],
};
