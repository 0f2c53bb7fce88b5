import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';

/** A negative position counts from the end and searches towards the beginning. */
function position(text: string, part: string, from: number, occurrence: number): number {
  if (from === 0 || occurrence < 1) return 0;
  const backwards = from < 0;
  let found = backwards ? text.lastIndexOf(part, text.length + from) : text.indexOf(part, from - 1);
  for (let count = 1; count < occurrence && found >= 0; count++) {
    if (backwards) found = found === 0 ? -1 : text.lastIndexOf(part, found - 1);
    else found = text.indexOf(part, found + 1);
  }
  return found + 1;
}

export const INSTR: ScalarFunction = {
  kind: 'scalar',
  name: 'instr',
  category: 'STRING',
  description: 'The position, counting from 1, of a text in another, from a position on, of the n-th occurrence; or 0.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: INTEGER,
      evaluate: (text, part) => position(text, part, 1, 1),
    }),
    overload({
      parameters: [STRING, STRING, INTEGER],
      returns: INTEGER,
      evaluate: (text, part, from) => position(text, part, from, 1),
    }),
    overload({ parameters: [STRING, STRING, INTEGER, INTEGER], returns: INTEGER, evaluate: position }),
  ],
  examples: [
    { call: "INSTR('corporate floor', 'or')", result: '2' },
    { call: "INSTR('corporate floor', 'or', 4, 2)", result: '14' },
    { call: "INSTR('corporate floor', 'or', -4, 2)", result: '2' },
  ],
};
