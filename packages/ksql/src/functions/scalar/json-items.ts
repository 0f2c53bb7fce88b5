import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, STRING } from '../parameter.ts';
import { isArray, jsonTextOf, readJson } from '../support/json-text.ts';

export const JSON_ITEMS: ScalarFunction = {
  kind: 'scalar',
  name: 'json_items',
  category: 'JSON',
  description: 'The elements of a JSON array, each as JSON text.',
  overloads: [
    overload({
      parameters: [STRING],
      returns: arrayOf(STRING),
      evaluate: (text) => {
        const json = readJson(text);
        return isArray(json) ? json.map(jsonTextOf) : null;
      },
    }),
  ],
  examples: [{ call: `JSON_ITEMS('[{"a": 1}, 2]')`, result: '[{"a":1}, 2]' }],
};
