import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, INTEGER } from '../parameter.ts';

export const ARRAY_LENGTH: ScalarFunction = {
  kind: 'scalar',
  name: 'array_length',
  category: 'ARRAY',
  description: 'How many elements an array has.',
  overloads: [overload({ parameters: [arrayOf(generic('T'))], returns: INTEGER, evaluate: (list) => list.length })],
  examples: [{ call: 'ARRAY_LENGTH(ARRAY[1, NULL])', result: '2' }],
};
