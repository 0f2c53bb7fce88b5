import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';

export const REPLACE: ScalarFunction = {
  kind: 'scalar',
  name: 'replace',
  category: 'STRING',
  description: 'Replaces every occurrence of a text by another.',
  overloads: [
    overload({
      parameters: [STRING, STRING, STRING],
      returns: STRING,
      evaluate: (text, from, to) => text.replaceAll(from, () => to),
    }),
  ],
  examples: [{ call: "REPLACE('anaconda', 'a', 'o')", result: 'onocondo' }],
};
