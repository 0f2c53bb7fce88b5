import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, STRING } from '../parameter.ts';
import { isObject, readJson } from '../support/json-text.ts';

export const JSON_KEYS: ScalarFunction = {
  kind: 'scalar',
  name: 'json_keys',
  category: 'JSON',
  description: 'The names of the fields of a JSON object.',
  overloads: [
    overload({
      parameters: [STRING],
      returns: arrayOf(STRING),
      evaluate: (text) => {
        const json = readJson(text);
        return isObject(json) ? [...json.keys()] : null;
      },
    }),
  ],
  examples: [{ call: `JSON_KEYS('{"a": 1, "b": 2}')`, result: '[a, b]' }],
};
