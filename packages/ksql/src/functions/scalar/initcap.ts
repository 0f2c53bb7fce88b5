import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';

export const INITCAP: ScalarFunction = {
  kind: 'scalar',
  name: 'initcap',
  category: 'STRING',
  description: 'The first letter of each word in upper case, the others in lower case; words are split by blanks.',
  overloads: [
    overload({
      parameters: [STRING],
      returns: STRING,
      evaluate: (text) => text.toLowerCase().replace(/(^|\s)\S/g, (first) => first.toUpperCase()),
    }),
  ],
  examples: [{ call: "INITCAP('the   Quick br0wn fOx')", result: 'The   Quick Br0wn Fox' }],
};
