import { nullableOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, INTEGER } from '../parameter.ts';

const LIST = arrayOf(generic('T'));

export const SLICE: ScalarFunction = {
  kind: 'scalar',
  name: 'slice',
  category: 'ARRAY',
  description: 'The elements between two positions, both included, that count from 1; null means the end on its side.',
  overloads: [
    nullableOverload({
      parameters: [LIST, INTEGER, INTEGER],
      returns: LIST,
      evaluate: (list, from, to) => {
        if (list === null) return null;
        const start = (from ?? 1) - 1;
        const end = to ?? list.length;
        return start < 0 || start > end || end > list.length ? null : list.slice(start, end);
      },
    }),
  ],
  examples: [{ call: "SLICE(ARRAY['a', 'b', 'c', 'd'], 2, 3)", result: '[b, c]' }],
};
