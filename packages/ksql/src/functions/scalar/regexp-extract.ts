import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';
import { groupCount, groupOf, javaRegex } from '../support/java-regex.ts';

function extract(pattern: string, text: string, group: number): string | null {
  const regex = javaRegex(pattern);
  const match = group > groupCount(regex) ? null : regex.regex.exec(text);
  return match === null ? null : groupOf(regex, match, group);
}

export const REGEXP_EXTRACT: ScalarFunction = {
  kind: 'scalar',
  name: 'regexp_extract',
  category: 'REGULAR EXPRESSION',
  description: 'The first part of a text that matches a pattern, or a group of it.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: STRING,
      evaluate: (pattern, text) => extract(pattern, text, 0),
    }),
    overload({ parameters: [STRING, STRING, INTEGER], returns: STRING, evaluate: extract }),
  ],
  examples: [
    { call: "REGEXP_EXTRACT('test.', 'some_test_string')", result: 'test_' },
    { call: "REGEXP_EXTRACT('(.*) (.*)', 'hello there', 2)", result: 'there' },
    { call: "REGEXP_EXTRACT('x', 'abc')", result: null },
  ],
};
