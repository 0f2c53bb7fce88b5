import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';

/** A word and the blanks behind it; blanks before the first word are dropped. */
const WORDS = /[^ \t\n\v\f\r]+[ \t\n\v\f\r]*/g;

const capitalized = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

export const INITCAP: ScalarFunction = {
  kind: 'scalar',
  name: 'initcap',
  category: 'STRING',
  description: 'The first letter of each word in upper case, the others in lower case; words are split by blanks.',
  overloads: [
    overload({
      parameters: [STRING],
      returns: STRING,
      evaluate: (text) => (text.toLowerCase().match(WORDS) ?? []).map(capitalized).join(''),
    }),
  ],
  examples: [{ call: "INITCAP('the   Quick br0wn fOx')", result: 'The   Quick Br0wn Fox' }],
};
