import { overload, type ScalarFunction } from '../function.ts';
import { STRING, TIMESTAMP } from '../parameter.ts';
import { instantOf, offsetMs, zoneNamed } from '../support/time-zone.ts';

export const CONVERT_TZ: ScalarFunction = {
  kind: 'scalar',
  name: 'convert_tz',
  category: 'DATE / TIME',
  description: 'Reads a timestamp as a local time of one zone and gives what the clocks of another show then.',
  overloads: [
    overload({
      parameters: [TIMESTAMP, STRING, STRING],
      returns: TIMESTAMP,
      evaluate: (local, from, to) => {
        const instant = instantOf(zoneNamed(from), local);
        return instant + offsetMs(zoneNamed(to), instant);
      },
    }),
  ],
  examples: [
    {
      call: "CONVERT_TZ(FROM_UNIXTIME(1589234313000), 'America/Los_Angeles', 'America/New_York')",
      result: '2020-05-12T00:58:33.000',
    },
  ],
};
