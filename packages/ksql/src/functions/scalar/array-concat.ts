import { nullableOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';

const LIST = arrayOf(generic('T'));

export const ARRAY_CONCAT: ScalarFunction = {
  kind: 'scalar',
  name: 'array_concat',
  category: 'ARRAY',
  description: 'Both arrays, one after the other; a null one counts as empty unless both are.',
  overloads: [
    nullableOverload({
      parameters: [LIST, LIST],
      returns: LIST,
      evaluate: (left, right) => (left === null && right === null ? null : [...(left ?? []), ...(right ?? [])]),
    }),
  ],
  examples: [{ call: 'ARRAY_CONCAT(ARRAY[1, 2], ARRAY[2, 3])', result: '[1, 2, 2, 3]' }],
};
