import { overload, type ScalarFunction } from '../function.ts';
import { STRING, TIMESTAMP } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { parseInstant } from '../support/parse-date.ts';
import { zoneNamed } from '../support/time-zone.ts';

const parse = (text: string, pattern: string, zone: string): number =>
  parseInstant(text, parsePattern(pattern), zoneNamed(zone));

export const PARSE_TIMESTAMP: ScalarFunction = {
  kind: 'scalar',
  name: 'parse_timestamp',
  category: 'DATE / TIME',
  description: 'Reads a timestamp by a Java pattern, in UTC or in a zone unless the text names one.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: TIMESTAMP,
      evaluate: (text, pattern) => parse(text, pattern, 'UTC'),
    }),
    overload({ parameters: [STRING, STRING, STRING], returns: TIMESTAMP, evaluate: parse }),
  ],
  examples: [
    {
      call: "PARSE_TIMESTAMP('2018-05-11T21:58:33', 'yyyy-MM-dd''T''HH:mm:ss')",
      result: '2018-05-11T21:58:33.000',
    },
    {
      call: "PARSE_TIMESTAMP('2018-05-11 21:58', 'yyyy-MM-dd HH:mm', 'America/Los_Angeles')",
      result: '2018-05-12T04:58:00.000',
    },
  ],
};
