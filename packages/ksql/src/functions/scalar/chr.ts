import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';

const CODE_POINT_MAX = 0x10ffff;
const ESCAPE = /\\u+([0-9a-fA-F]{4})/g;

export const CHR: ScalarFunction = {
  kind: 'scalar',
  name: 'chr',
  category: 'STRING',
  description: 'The character of a Unicode code point, given as a number or as text such as \\u004b.',
  overloads: [
    overload({
      parameters: [INTEGER],
      returns: STRING,
      evaluate: (code) => (code < 0 || code > CODE_POINT_MAX ? null : String.fromCodePoint(code)),
    }),
    overload({
      parameters: [STRING],
      returns: STRING,
      evaluate: (text) => {
        if (!text.startsWith('\\u')) return null;
        return text.replace(ESCAPE, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
      },
    }),
  ],
  examples: [
    { call: 'CHR(75)', result: 'K' },
    { call: "CHR('\\u004b')", result: 'K' },
    { call: 'CHR(-1)', result: null },
  ],
};
