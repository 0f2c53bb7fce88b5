import { MillraceError } from '@millrace/base';
import { overload, type ScalarFunction } from '../function.ts';
import { STRING, TIME } from '../parameter.ts';
import { parsePattern, usesDate } from '../support/date-pattern.ts';
import { formatInstant } from '../support/format-date.ts';
import { zoneNamed } from '../support/time-zone.ts';

export const FORMAT_TIME: ScalarFunction = {
  kind: 'scalar',
  name: 'format_time',
  category: 'DATE / TIME',
  description: 'A time of day by a Java pattern.',
  overloads: [
    overload({
      parameters: [TIME, STRING],
      returns: STRING,
      evaluate: (ms, text) => {
        const pattern = parsePattern(text);
        if (usesDate(pattern)) {
          throw new MillraceError('INVALID_PATTERN', `A time has no date, which the pattern '${text}' asks for`);
        }
        return formatInstant(ms, pattern, zoneNamed('UTC'));
      },
    }),
  ],
  examples: [{ call: "FORMAT_TIME(PARSE_TIME('00:01:05', 'HH:mm:ss'), 'HH_mm_ss_SSS')", result: '00_01_05_000' }],
};
