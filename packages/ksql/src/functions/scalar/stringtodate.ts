import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { parseDays } from '../support/parse-date.ts';

export const STRINGTODATE: ScalarFunction = {
  kind: 'scalar',
  name: 'stringtodate',
  category: 'DATE / TIME',
  description: 'Reads a date by a Java pattern, as days since 1970-01-01. Deprecated: use PARSE_DATE.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: INTEGER,
      evaluate: (text, pattern) => parseDays(text, parsePattern(pattern)),
    }),
  ],
  examples: [{ call: "STRINGTODATE('2018-05-11', 'yyyy-MM-dd')", result: '17662' }],
};
