import { boundOverload, overload, type ScalarFunction } from '../function.ts';
import { BIGINT, STRING } from '../parameter.ts';
import { parsePattern } from '../support/date-pattern.ts';
import { formatInstant } from '../support/format-date.ts';
import { zoneNamed } from '../support/time-zone.ts';

const format = (ms: bigint, pattern: string, zone: string): string =>
  formatInstant(Number(ms), parsePattern(pattern), zoneNamed(zone));

export const TIMESTAMPTOSTRING: ScalarFunction = {
  kind: 'scalar',
  name: 'timestamptostring',
  category: 'DATE / TIME',
  description: 'Milliseconds since 1970 by a Java pattern. Deprecated: use FORMAT_TIMESTAMP.',
  overloads: [
    boundOverload({
      parameters: [BIGINT, STRING],
      returns: STRING,
      bind:
        (_, { timeZone }) =>
        (ms, pattern) =>
          format(ms, pattern, timeZone),
    }),
    overload({ parameters: [BIGINT, STRING, STRING], returns: STRING, evaluate: format }),
  ],
  examples: [
    {
      call: "TIMESTAMPTOSTRING(1526075913000, 'yyyy-MM-dd HH:mm:ss zzz', 'Europe/London')",
      result: '2018-05-11 22:58:33 BST',
    },
  ],
};
