import { inGrownHashOrder } from '../../types/map-order.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { mapOf, STRING } from '../parameter.ts';

export const SPLIT_TO_MAP: ScalarFunction = {
  kind: 'scalar',
  name: 'split_to_map',
  category: 'STRING',
  description:
    'Splits a text into entries, and these into keys and values; later entries of a key replace former ones.',
  overloads: [
    overload({
      parameters: [STRING, STRING, STRING],
      returns: mapOf(STRING, STRING),
      evaluate: (text, entryDelimiter, pairDelimiter) => {
        if (entryDelimiter === '' || pairDelimiter === '' || entryDelimiter === pairDelimiter) return null;
        const pairs = text.split(entryDelimiter).map((entry) => entry.split(pairDelimiter));
        return inGrownHashOrder(new Map(pairs.filter((pair) => pair.length > 1).map(([key, value]) => [key!, value!])));
      },
    }),
  ],
  examples: [
    { call: "SPLIT_TO_MAP('apple:green/banana:yellow', '/', ':')", result: '{banana=yellow, apple=green}' },
    { call: "SPLIT_TO_MAP('apple:green', '/', '')", result: null },
  ],
};
