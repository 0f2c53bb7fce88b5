import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { followPath, parseJsonPath } from '../support/json-path.ts';
import { readJson, textOf } from '../support/json-text.ts';

export const EXTRACTJSONFIELD: ScalarFunction = {
  kind: 'scalar',
  name: 'extractjsonfield',
  category: 'JSON',
  description: 'The value at a path in a JSON text, as text; objects and arrays as JSON.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: STRING,
      evaluate: (text, path) => {
        const steps = parseJsonPath(path);
        const json = readJson(text);
        const found = json === undefined ? undefined : followPath(json, steps);
        return found === undefined ? null : textOf(found);
      },
    }),
  ],
  examples: [
    { call: `EXTRACTJSONFIELD('{"a": {"b": [1, 2.50]}}', '$.a.b[1]')`, result: '2.50' },
    { call: `EXTRACTJSONFIELD('{"a": {"b": "x"}}', '$.a')`, result: '{"b":"x"}' },
    { call: `EXTRACTJSONFIELD('{"a": 1}', '$.b')`, result: null },
  ],
};
