import { nullableOverload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';

/**
 * A negative position counts from the end and searches towards the beginning, as if both texts were read backwards.
 */
function position(
  text: string | null,
  part: string | null,
  from: number | null,
  occurrence: number | null,
): number | null {
  if (from === null || occurrence === null) return null;
  if (text === null || part === null || from === 0 || Math.abs(from) > text.length) return 0;
  const backwards = from < 0;
  const [whole, wanted] = backwards ? [reversed(text), reversed(part)] : [text, part];
  const found = nthIndex(whole.slice(Math.abs(from) - 1), wanted, occurrence);
  if (found < 0) return 0;
  return backwards ? text.length + from - found - part.length + 2 : found + from;
}

const reversed = (text: string): string => [...text].reverse().join('');

/** Occurrences may overlap; -1 where there are fewer. */
function nthIndex(text: string, part: string, occurrence: number): number {
  if (occurrence <= 0) return -1;
  if (part === '') return 0;
  let found = -1;
  for (let count = 0; count < occurrence; count++) {
    found = text.indexOf(part, found + 1);
    if (found < 0) return -1;
  }
  return found;
}

export const INSTR: ScalarFunction = {
  kind: 'scalar',
  name: 'instr',
  category: 'STRING',
  description: 'The position, counting from 1, of a text in another, from a position on, of the n-th occurrence; or 0.',
  overloads: [
    nullableOverload({
      parameters: [STRING, STRING],
      returns: INTEGER,
      evaluate: (text, part) => position(text, part, 1, 1),
    }),
    nullableOverload({
      parameters: [STRING, STRING, INTEGER],
      returns: INTEGER,
      evaluate: (text, part, from) => position(text, part, from, 1),
    }),
    nullableOverload({ parameters: [STRING, STRING, INTEGER, INTEGER], returns: INTEGER, evaluate: position }),
  ],
  examples: [
    { call: "INSTR('corporate floor', 'or')", result: '2' },
    { call: "INSTR('corporate floor', 'or', 4, 2)", result: '14' },
    { call: "INSTR('corporate floor', 'or', -4, 2)", result: '2' },
  ],
};
