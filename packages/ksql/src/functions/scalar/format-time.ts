import { overload, type ScalarFunction } from '../function.ts';
import { STRING, TIME } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { formatMsOfDay } from '../support/format-date.ts';

export const FORMAT_TIME: ScalarFunction = {
  kind: 'scalar',
  name: 'format_time',
  category: 'DATE / TIME',
  description: 'A time of day by a Java pattern.',
  overloads: [
    overload({
      parameters: [TIME, STRING],
      returns: STRING,
      evaluate: (ms, pattern) => formatMsOfDay(ms, parsePattern(pattern)),
    }),
  ],
  examples: [{ call: "FORMAT_TIME(PARSE_TIME('00:01:05', 'HH:mm:ss'), 'HH_mm_ss_SSS')", result: '00_01_05_000' }],
};
