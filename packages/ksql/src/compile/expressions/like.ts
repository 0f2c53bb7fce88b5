/** The test that a LIKE pattern stands for: `%` is any text, `_` one character, the rest itself. */
export function likeMatcher(pattern: string, escapeCharacter: string | null): (text: string) => boolean {
  const simple = escapeCharacter === null ? simpleMatcher(pattern) : undefined;
  if (simple !== undefined) return simple;
  let source = '';
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]!;
    if (character === escapeCharacter && index + 1 < pattern.length) source += quote(pattern[++index]!);
    else if (character === '%') source += '.*?';
    else if (character === '_') source += '.';
    else source += quote(character);
  }
  const regex = new RegExp(`^${source}$`, 's');
  return (text) => regex.test(text);
}

const quote = (character: string): string => (/[\w\s]/.test(character) ? character : `\\${character}`);

/** Patterns with `%` only at their ends need no regular expression. */
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
