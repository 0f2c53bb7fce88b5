import { nullableOverload, type ScalarFunction } from '../function.ts';
import { STRING, variadic } from '../parameter.ts';
import { type ExactJson, isArray, isObject, plainJsonTextOf, readJson } from '../support/json-text.ts';

/** Objects alone are merged, the later one's fields winning; as soon as anything else is among them, all become one array. */
function concat(parts: readonly ExactJson[]): ExactJson {
  if (parts.length === 1) return parts[0]!;
  if (parts.every(isObject)) return new Map(parts.flatMap((part) => [...part]));
  return parts.flatMap((part) => (isArray(part) ? part : [part]));
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
        return plainJsonTextOf(concat(parts as readonly ExactJson[]));
      },
    }),
  ],
  examples: [
    { call: `JSON_CONCAT('{"a": 1}', '{"b": 2}')`, result: '{"a":1,"b":2}' },
    { call: "JSON_CONCAT('[1, 2]', '3')", result: '[1,2,3]' },
  ],
};
