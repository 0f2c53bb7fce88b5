import { overload, type ScalarFunction } from '../function.ts';
import { BYTES, INTEGER, STRING } from '../parameter.ts';
import { concatBytes } from '../support/bytes.ts';
import { paddingRepeats } from '../support/slices.ts';

export const RPAD: ScalarFunction = {
  kind: 'scalar',
  name: 'rpad',
  category: 'STRING',
  description: 'Brings a text, or bytes, to a length by padding on the right, or by cutting the end off.',
  overloads: [
    overload({
      parameters: [STRING, INTEGER, STRING],
      returns: STRING,
      evaluate: (text, length, padding) => {
        const repeats = paddingRepeats(text.length, length, padding.length);
        return repeats === null ? null : (text + padding.repeat(repeats)).slice(0, length);
      },
    }),
    overload({
      parameters: [BYTES, INTEGER, BYTES],
      returns: BYTES,
      evaluate: (bytes, length, padding) => {
        const repeats = paddingRepeats(bytes.length, length, padding.length);
        return repeats === null ? null : concatBytes([bytes, ...Array(repeats).fill(padding)]).slice(0, length);
      },
    }),
  ],
  examples: [
    { call: "RPAD('foo', 7, 'Bar')", result: 'fooBarB' },
    { call: "RPAD('foo', -1, 'Bar')", result: null },
  ],
};
