import type { SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { boundNullableOverload, type ScalarFunction } from '../function.ts';
import { BOOLEAN, generic, STRING } from '../parameter.ts';
import { type ExactJson, isArray, JsonNumber, readJson } from '../support/json-text.ts';

/** Whether a JSON value is this value of its SQL type: whole numbers and fractions are different, decimals are neither. */
function matches(json: ExactJson, value: SqlValue, type: SqlType): boolean {
  if (!(json instanceof JsonNumber)) return json === value;
  switch (type.kind) {
    case 'INTEGER':
    case 'BIGINT':
      return value !== null && !json.isFraction && BigInt(json.text) === BigInt(value as bigint);
    case 'DOUBLE':
      return json.isFraction && json.value === value;
    default:
      return false;
  }
}

export const JSON_ARRAY_CONTAINS: ScalarFunction = {
  kind: 'scalar',
  name: 'json_array_contains',
  category: 'JSON',
  description: 'Whether a JSON array has an element of this value and type.',
  overloads: [
    boundNullableOverload({
      parameters: [STRING, generic('T')],
      returns: BOOLEAN,
      bind: ([, type]) => {
        return (text, value) => {
          if (text === null) return null;
          const json = readJson(text);
          return isArray(json) && json.some((element) => matches(element, value, type!));
        };
      },
    }),
  ],
  examples: [
    { call: "JSON_ARRAY_CONTAINS('[1, 2, 3]', 2)", result: 'true' },
    { call: `JSON_ARRAY_CONTAINS('["a"]', 'b')`, result: 'false' },
  ],
};
