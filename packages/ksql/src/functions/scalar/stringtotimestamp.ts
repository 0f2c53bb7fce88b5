import { boundOverload, overload, type ScalarFunction } from '../function.ts';
import { BIGINT, STRING } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { parseInstant } from '../support/parse-date.ts';
import { zoneNamed } from '../support/time-zone.ts';

const parse = (text: string, pattern: string, zone: string): bigint =>
  BigInt(parseInstant(text, parsePattern(pattern), zoneNamed(zone)));

export const STRINGTOTIMESTAMP: ScalarFunction = {
  kind: 'scalar',
  name: 'stringtotimestamp',
  category: 'DATE / TIME',
  description: 'Reads a time by a Java pattern, as milliseconds since 1970. Deprecated: use PARSE_TIMESTAMP.',
  overloads: [
    boundOverload({
      parameters: [STRING, STRING],
      returns: BIGINT,
      bind:
        (_, { timeZone }) =>
        (text, pattern) =>
          parse(text, pattern, timeZone),
    }),
    overload({ parameters: [STRING, STRING, STRING], returns: BIGINT, evaluate: parse }),
  ],
  examples: [
    {
      call: "STRINGTOTIMESTAMP('2018-05-11T21:58:33Z', 'yyyy-MM-dd''T''HH:mm:ssX')",
      result: '1526075913000',
    },
  ],
};
