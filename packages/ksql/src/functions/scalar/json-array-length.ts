import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';
import { isArray, readJson } from '../support/json-text.ts';

export const JSON_ARRAY_LENGTH: ScalarFunction = {
  kind: 'scalar',
  name: 'json_array_length',
  category: 'JSON',
  description: 'How many elements a JSON array has; null for what is none.',
  overloads: [
    overload({
      parameters: [STRING],
      returns: INTEGER,
      evaluate: (text) => {
        const json = readJson(text);
        return isArray(json) ? json.length : null;
      },
    }),
  ],
  examples: [
    { call: "JSON_ARRAY_LENGTH('[1, 2]')", result: '2' },
    { call: "JSON_ARRAY_LENGTH('{}')", result: null },
  ],
};
