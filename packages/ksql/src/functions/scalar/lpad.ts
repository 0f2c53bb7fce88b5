import { overload, type ScalarFunction } from '../function.ts';
import { BYTES, INTEGER, STRING } from '../parameter.ts';
import { concatBytes } from '../support/bytes.ts';
import { paddingRepeats } from '../support/slices.ts';

export const LPAD: ScalarFunction = {
  kind: 'scalar',
  name: 'lpad',
  category: 'STRING',
  description: 'Brings a text, or bytes, to a length by padding on the left, or by cutting the end off.',
  overloads: [
    overload({
      parameters: [STRING, INTEGER, STRING],
      returns: STRING,
      evaluate: (text, length, padding) => {
        const repeats = paddingRepeats(text.length, length, padding.length);
        if (repeats === null) return null;
        const missing = Math.max(length - text.length, 0);
        return (padding.repeat(repeats).slice(0, missing) + text).slice(0, length);
      },
    }),
    overload({
      parameters: [BYTES, INTEGER, BYTES],
      returns: BYTES,
      evaluate: (bytes, length, padding) => {
        const repeats = paddingRepeats(bytes.length, length, padding.length);
        if (repeats === null) return null;
        const filler = concatBytes(Array(repeats).fill(padding)).slice(0, Math.max(length - bytes.length, 0));
        return concatBytes([filler, bytes]).slice(0, length);
      },
    }),
  ],
  examples: [
    { call: "LPAD('foo', 7, 'Bar')", result: 'BarBfoo' },
    { call: "LPAD('foo', 2, 'Bar')", result: 'fo' },
    { call: "LPAD('foo', 7, '')", result: null },
  ],
};
