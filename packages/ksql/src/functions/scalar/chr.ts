import { MillraceError } from '@millrace/base';
import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';

const CODE_POINT_MAX = 0x10ffff;
const ESCAPE_LENGTH_MIN = 6;
const ESCAPE = /\\(?:u+\+?([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|([\s\S]?))/g;
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t', f: '\f', r: '\r' };

/** As Java undoes its escapes: `\u004b`, octal ones, those of control characters; else the backslash goes. */
function undoEscapes(text: string): string {
  return text.replace(ESCAPE, (_, unit?: string, octal?: string, other?: string) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (other === 'u') throw new MillraceError('INVALID_ARGUMENT', `Unable to parse unicode value in '${text}'`);
    return CONTROLS[other!] ?? other!;
  });
}

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
      evaluate: (text) => (text.length < ESCAPE_LENGTH_MIN || !text.startsWith('\\u') ? null : undoEscapes(text)),
    }),
  ],
  examples: [
    { call: 'CHR(75)', result: 'K' },
    { call: "CHR('\\u004b')", result: 'K' },
    { call: 'CHR(-1)', result: null },
  ],
};
