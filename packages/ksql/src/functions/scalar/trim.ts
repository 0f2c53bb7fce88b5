import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';

const BLANK = 0x20;

/** As Java trims: all characters up to the blank, control characters too. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= BLANK) start++;
  while (end > start && text.charCodeAt(end - 1) <= BLANK) end--;
  return text.slice(start, end);
}

export const TRIM: ScalarFunction = {
  kind: 'scalar',
  name: 'trim',
  category: 'STRING',
  description: 'The text without blanks at its ends.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: trim })],
  examples: [{ call: "TRIM('  a b ')", result: 'a b' }],
};
