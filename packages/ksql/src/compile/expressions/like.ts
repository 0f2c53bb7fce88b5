import { KsqlException } from '../../lib/ksql-exception.ts';

/**
 * The test that a LIKE pattern stands for: `%` is any text, `_` one character, the rest itself. Neither goes beyond the
 * end of a line, as in the regular expressions of Java that ksqlDB makes of patterns. A pattern that ends with its escape
 * character fails each text.
 */
export function likeMatcher(pattern: string, escapeCharacter: string | null): (text: string) => boolean {
  const source = sourceOf(pattern, escapeCharacter);
  if (source === null) return failing;
  const regex = new RegExp(`^${source}$`, 'u');
  const simple = escapeCharacter === null ? simpleMatcher(pattern) : undefined;
  if (simple === undefined) return (text) => regex.test(text);
  return (text) => (LINE_END.test(text) ? regex.test(text) : simple(text));
}

const LINE_ENDS = '\\n\\r\\u0085\\u2028\\u2029';
const LINE_END = new RegExp(`[${LINE_ENDS}]`);
const ONE = `[^${LINE_ENDS}]`;

/** @throws KsqlException */
function failing(): never {
  throw new KsqlException('LIKE pattern must not end with escape character');
}

function sourceOf(pattern: string, escapeCharacter: string | null): string | null {
  const characters = [...pattern];
  let source = '';
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index]!;
    if (character === escapeCharacter) {
      const next = characters[++index];
      if (next === undefined) return null;
      source += quote(next);
    } else if (character === '%') {
      source += `${ONE}*`;
    } else {
      source += character === '_' ? ONE : quote(character);
    }
  }
  return source;
}

const quote = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

/** Patterns with `%` only at their ends need no regular expression for a text of one line. */
function simpleMatcher(pattern: string): ((text: string) => boolean) | undefined {
  const inner = pattern.replace(/^%/, '').replace(/%$/, '');
  if (/[%_]/.test(inner)) return undefined;
  const starts = pattern.startsWith('%');
  const ends = pattern.endsWith('%') && pattern.length > 1;
  if (pattern === '%') return () => true;
  if (starts && ends) return (text) => text.includes(inner);
  if (starts) return (text) => text.endsWith(inner);
  if (ends) return (text) => text.startsWith(inner);
  return (text) => text === pattern;
}
