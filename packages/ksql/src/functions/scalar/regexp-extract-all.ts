import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, INTEGER, STRING } from '../parameter.ts';
import { allMatches, groupCount, groupOf, javaRegex } from '../support/java-regex.ts';

function extractAll(pattern: string, text: string, group: number): readonly (string | null)[] | null {
  const regex = javaRegex(pattern);
  if (group > groupCount(regex)) return null;
  return allMatches(regex, text).map((match) => groupOf(regex, match, group));
}

export const REGEXP_EXTRACT_ALL: ScalarFunction = {
  kind: 'scalar',
  name: 'regexp_extract_all',
  category: 'REGULAR EXPRESSION',
  description: 'All parts of a text that match a pattern, or a group of each.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: arrayOf(STRING),
      evaluate: (pattern, text) => extractAll(pattern, text, 0),
    }),
    overload({ parameters: [STRING, STRING, INTEGER], returns: arrayOf(STRING), evaluate: extractAll }),
  ],
  examples: [{ call: "REGEXP_EXTRACT_ALL('(\\w+) (\\w*)', 'one two three four', 2)", result: '[two, four]' }],
};
