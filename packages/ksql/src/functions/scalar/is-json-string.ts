import { nullableOverload, type ScalarFunction } from '../function.ts';
import { BOOLEAN, STRING } from '../parameter.ts';
import { readJson } from '../support/json-text.ts';

export const IS_JSON_STRING: ScalarFunction = {
  kind: 'scalar',
  name: 'is_json_string',
  category: 'JSON',
  description: 'Whether a text is JSON.',
  overloads: [
    nullableOverload({
      parameters: [STRING],
      returns: BOOLEAN,
      evaluate: (text) => text !== null && readJson(text) !== undefined,
    }),
  ],
  examples: [
    { call: "IS_JSON_STRING('[1, 2]')", result: 'true' },
    { call: "IS_JSON_STRING('abc')", result: 'false' },
  ],
};
