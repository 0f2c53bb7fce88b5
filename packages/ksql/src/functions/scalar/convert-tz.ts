import { overload, type ScalarFunction } from '../function.ts';
import { STRING, TIMESTAMP } from '../parameter.ts';
import { offsetMs, zoneNamed } from '../support/time-zone.ts';

export const CONVERT_TZ: ScalarFunction = {
  kind: 'scalar',
  name: 'convert_tz',
  category: 'DATE / TIME',
  description: 'Moves a timestamp by what the clocks of one zone are ahead of those of another at that time of UTC.',
  overloads: [
    overload({
      parameters: [TIMESTAMP, STRING, STRING],
      returns: TIMESTAMP,
      evaluate: (ms, from, to) => ms + offsetMs(zoneNamed(to), ms) - offsetMs(zoneNamed(from), ms),
    }),
  ],
  examples: [
    {
      call: "CONVERT_TZ(FROM_UNIXTIME(1589234313000), 'America/Los_Angeles', 'America/New_York')",
      result: '2020-05-12T00:58:33.000',
    },
  ],
};
