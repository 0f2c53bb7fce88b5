import { overload, type ScalarFunction } from '../function.ts';
import { STRING, TIME } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { parseMsOfDay } from '../support/parse-date.ts';

export const PARSE_TIME: ScalarFunction = {
  kind: 'scalar',
  name: 'parse_time',
  category: 'DATE / TIME',
  description: 'Reads a time of day by a Java pattern.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: TIME,
      evaluate: (text, pattern) => parseMsOfDay(text, parsePattern(pattern)),
    }),
  ],
  examples: [{ call: "PARSE_TIME('01:00:00 Pm', 'hh:mm:ss a')", result: '13:00' }],
};
