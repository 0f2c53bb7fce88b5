import { overload, type ScalarFunction } from '../function.ts';
import { STRING, TIMESTAMP } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { formatInstant } from '../support/format-date.ts';
import { zoneNamed } from '../support/time-zone.ts';

const format = (ms: number, pattern: string, zone: string): string =>
  formatInstant(ms, parsePattern(pattern), zoneNamed(zone));

export const FORMAT_TIMESTAMP: ScalarFunction = {
  kind: 'scalar',
  name: 'format_timestamp',
  category: 'DATE / TIME',
  description: 'A timestamp by a Java pattern, in UTC or in a zone.',
  overloads: [
    overload({
      parameters: [TIMESTAMP, STRING],
      returns: STRING,
      evaluate: (ms, pattern) => format(ms, pattern, 'UTC'),
    }),
    overload({ parameters: [TIMESTAMP, STRING, STRING], returns: STRING, evaluate: format }),
  ],
  examples: [
    {
      call: "FORMAT_TIMESTAMP(FROM_UNIXTIME(1526075913000), 'yyyy-MM-dd HH:mm:ss zzz', 'America/Los_Angeles')",
      result: '2018-05-11 14:58:33 PDT',
    },
  ],
};
