import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, STRING } from '../parameter.ts';
import { javaRegex } from '../support/java-regex.ts';

function splitAt(text: string, pattern: string): readonly string[] {
  const regex = javaRegex(pattern);
  if (regex.exec('') !== null) return [...text];
  const parts: string[] = [];
  let start = 0;
  for (const match of text.matchAll(javaRegex(pattern))) {
    parts.push(text.slice(start, match.index));
    start = match.index + match[0].length;
  }
  return [...parts, text.slice(start)];
}

export const REGEXP_SPLIT_TO_ARRAY: ScalarFunction = {
  kind: 'scalar',
  name: 'regexp_split_to_array',
  category: 'REGULAR EXPRESSION',
  description: 'Splits a text wherever a pattern matches; one that matches nothing at all splits all characters.',
  overloads: [overload({ parameters: [STRING, STRING], returns: arrayOf(STRING), evaluate: splitAt })],
  examples: [{ call: "REGEXP_SPLIT_TO_ARRAY('a1b22c', '\\d+')", result: '[a, b, c]' }],
};
