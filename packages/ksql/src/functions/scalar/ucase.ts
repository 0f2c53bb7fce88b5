import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';

export const UCASE: ScalarFunction = {
  kind: 'scalar',
  name: 'ucase',
  category: 'STRING',
  description: 'The text in upper case.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: (text) => text.toUpperCase() })],
  examples: [{ call: "UCASE('AbC')", result: 'ABC' }],
};
