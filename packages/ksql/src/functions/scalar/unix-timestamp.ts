import { boundOverload, overload, type ScalarFunction } from '../function.ts';
import { BIGINT, TIMESTAMP } from '../parameter.ts';

export const UNIX_TIMESTAMP: ScalarFunction = {
  kind: 'scalar',
  name: 'unix_timestamp',
  category: 'DATE / TIME',
  description: 'Milliseconds since 1970-01-01 UTC: of a timestamp, or now.',
  overloads: [
    boundOverload({
      parameters: [],
      returns: BIGINT,
      bind:
        (_, { clock }) =>
        () =>
          BigInt(clock.wallMs()),
    }),
    overload({ parameters: [TIMESTAMP], returns: BIGINT, evaluate: (ms) => BigInt(ms) }),
  ],
  examples: [{ call: 'UNIX_TIMESTAMP(FROM_UNIXTIME(100))', result: '100' }],
};
