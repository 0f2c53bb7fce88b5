import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';

export const LCASE: ScalarFunction = {
  kind: 'scalar',
  name: 'lcase',
  category: 'STRING',
  description: 'The text in lower case.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: (text) => text.toLowerCase() })],
  examples: [{ call: "LCASE('AbC')", result: 'abc' }],
};
