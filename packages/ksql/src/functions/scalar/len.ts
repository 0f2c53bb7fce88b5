import { overload, type ScalarFunction } from '../function.ts';
import { BYTES, INTEGER, STRING } from '../parameter.ts';

export const LEN: ScalarFunction = {
  kind: 'scalar',
  name: 'len',
  category: 'STRING',
  description: 'How many UTF-16 characters a text has, or how many bytes there are.',
  overloads: [
    overload({ parameters: [STRING], returns: INTEGER, evaluate: (text) => text.length }),
    overload({ parameters: [BYTES], returns: INTEGER, evaluate: (bytes) => bytes.length }),
  ],
  examples: [
    { call: "LEN('abc')", result: '3' },
    { call: "LEN(TO_BYTES('abc', 'utf8'))", result: '3' },
  ],
};
