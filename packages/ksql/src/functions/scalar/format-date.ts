import { MillraceError } from '@millrace/base';
import { MS_OF_DAY } from '../../types/time-text.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { DATE, STRING } from '../parameter.ts';
import { parsePattern, usesTime } from '../support/date-pattern.ts';
import { formatInstant } from '../support/format-date.ts';
import { zoneNamed } from '../support/time-zone.ts';

export const FORMAT_DATE: ScalarFunction = {
  kind: 'scalar',
  name: 'format_date',
  category: 'DATE / TIME',
  description: 'A date by a Java pattern.',
  overloads: [
    overload({
      parameters: [DATE, STRING],
      returns: STRING,
      evaluate: (days, text) => {
        const pattern = parsePattern(text);
        if (usesTime(pattern)) {
          throw new MillraceError('INVALID_PATTERN', `A date has no time, which the pattern '${text}' asks for`);
        }
        return formatInstant(days * MS_OF_DAY, pattern, zoneNamed('UTC'));
      },
    }),
  ],
  examples: [
    { call: "FORMAT_DATE(FROM_DAYS(17662), 'dd/MM/yyyy')", result: '11/05/2018' },
    { call: "FORMAT_DATE(FROM_DAYS(-1), 'dd-MM-yyyy''x''')", result: '31-12-1969x' },
  ],
};
