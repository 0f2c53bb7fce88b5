import { boundOverload, type ScalarFunction } from '../function.ts';
import { DOUBLE } from '../parameter.ts';

const HIGH = 2 ** 26;
const LOW = 2 ** 27;

export const RANDOM: ScalarFunction = {
  kind: 'scalar',
  name: 'random',
  category: 'MATHEMATICAL',
  description: 'A random number from 0 up to, not including, 1.',
  overloads: [
    boundOverload({
      parameters: [],
      returns: DOUBLE,
      bind:
        (_, { random }) =>
        () =>
          (random.int(HIGH) * LOW + random.int(LOW)) / (HIGH * LOW),
    }),
  ],
  examples: [{ call: 'RANDOM() < 1.0', result: 'true' }],
};
