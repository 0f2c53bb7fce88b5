import { nullableOverload, type ScalarFunction } from '../function.ts';
import { STRING, variadic } from '../parameter.ts';
import { type ExactJson, isArray, isObject, readJson, stringifyExactJson } from '../support/json-text.ts';

/** Two objects are merged, the later one's fields winning; anything else becomes one array. */
function concat(left: ExactJson, right: ExactJson): ExactJson {
  if (isObject(left) && isObject(right)) return new Map([...left, ...right]);
  return [...(isArray(left) ? left : [left]), ...(isArray(right) ? right : [right])];
}

export const JSON_CONCAT: ScalarFunction = {
  kind: 'scalar',
  name: 'json_concat',
  category: 'JSON',
  description: 'Merges JSON objects, or joins arrays and single values to one array.',
  overloads: [
    nullableOverload({
      parameters: [variadic(STRING)],
      returns: STRING,
      evaluate: (...texts) => {
        const parts = texts.map((text) => (text === null ? undefined : readJson(text)));
        if (parts.length === 0 || parts.includes(undefined)) return null;
        return stringifyExactJson((parts as readonly ExactJson[]).reduce(concat));
      },
    }),
  ],
  examples: [
    { call: `JSON_CONCAT('{"a": 1}', '{"b": 2}')`, result: '{"a":1,"b":2}' },
    { call: "JSON_CONCAT('[1, 2]', '3')", result: '[1,2,3]' },
  ],
};
