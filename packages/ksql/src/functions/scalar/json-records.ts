import { inHashOrder } from '../../types/map-order.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { mapOf, STRING } from '../parameter.ts';
import { isObject, readJson, textOf } from '../support/json-text.ts';

export const JSON_RECORDS: ScalarFunction = {
  kind: 'scalar',
  name: 'json_records',
  category: 'JSON',
  description: 'The fields of a JSON object as a map of texts.',
  overloads: [
    overload({
      parameters: [STRING],
      returns: mapOf(STRING, STRING),
      evaluate: (text) => {
        const json = readJson(text);
        return isObject(json) ? inHashOrder(new Map([...json].map(([name, value]) => [name, textOf(value)]))) : null;
      },
    }),
  ],
  examples: [{ call: `JSON_RECORDS('{"Red": 3, "White": "Seven"}')`, result: '{Red=3, White=Seven}' }],
};
