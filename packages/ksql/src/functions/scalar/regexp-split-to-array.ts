import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, STRING } from '../parameter.ts';
import { allMatches, javaRegex } from '../support/java-regex.ts';

/**
 * A pattern that matches nothing at all splits as Java's `Pattern.split` does, which drops what is empty at the end and before a
 * match of nothing at the start; others keep all parts, but never split where they match nothing and no part has begun.
 */
function splitAt(text: string, pattern: string): readonly string[] {
  const regex = javaRegex(pattern);
  const matchesNothing = allMatches(regex, '').length > 0;
  const matches = allMatches(regex, text);
  return matchesNothing ? splitDroppingEmpty(text, matches) : splitKeepingAll(text, matches);
}

function splitDroppingEmpty(text: string, matches: readonly RegExpExecArray[]): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { index, 0: match } of matches) {
    if (index === 0 && match === '') continue;
    parts.push(text.slice(start, index));
    start = index + match.length;
  }
  if (parts.length === 0 || start === 0) return [text];
  parts.push(text.slice(start));
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

function splitKeepingAll(text: string, matches: readonly RegExpExecArray[]): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { index, 0: match } of matches) {
    if (index + match.length === start) continue;
    parts.push(text.slice(start, index));
    start = index + match.length;
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
