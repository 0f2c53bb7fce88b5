import { type Translation, translateRegex } from './translate-regex.ts';

/** Java's regular expressions: each pattern is translated once to JavaScript's. */

export type JavaRegex = Translation & {
  /** With the flag `g`, to be used from the start of a text. */
  readonly regex: RegExp;
};

const REGEXES_MAX = 1000;
const cache = new Map<string, JavaRegex>();

/** @throws SyntaxError where Java would refuse the pattern, and for what JavaScript can't do */
export function javaRegex(pattern: string): JavaRegex {
  let compiled = cache.get(pattern);
  if (compiled === undefined) {
    const translation = translateRegex(pattern);
    compiled = { ...translation, regex: new RegExp(translation.source, 'gv') };
    if (cache.size >= REGEXES_MAX) cache.clear();
    cache.set(pattern, compiled);
  }
  compiled.regex.lastIndex = 0;
  return compiled;
}

/** All matches in a text, in order. */
export function allMatches({ regex }: JavaRegex, text: string): readonly RegExpExecArray[] {
  return [...text.matchAll(regex)];
}

/** How many groups a pattern has, the whole match not counted. */
export const groupCount = ({ groups }: JavaRegex): number => groups.length - 1;

/** What a group of a match holds; null where it took no part. @throws RangeError where there is no such group */
export function groupOf({ groups }: JavaRegex, match: RegExpExecArray, group: number): string | null {
  const position = groups[group];
  if (position === undefined) throw new RangeError(`No group ${group}`);
  return match[position] ?? null;
}

/**
 * Replaces all matches. In the replacement `$1` and `${name}` are groups, and `\` takes the next character as it is.
 * @throws RangeError where the replacement names a group that is not there, or ends too early
 */
export function replaceJava(text: string, pattern: string, replacement: string): string {
  const compiled = javaRegex(pattern);
  let result = '';
  let end = 0;
  for (const match of allMatches(compiled, text)) {
    result += text.slice(end, match.index) + expand(compiled, match, replacement);
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
}

const REFERENCE = /\\(?<literal>[\s\S]?)|\$(?:\{(?<name>\w+)\}|(?<digits>\d+))?/g;

function expand(compiled: JavaRegex, match: RegExpExecArray, replacement: string): string {
  return replacement.replace(REFERENCE, (...found: readonly unknown[]) => {
    const { literal, name, digits } = found.at(-1) as Readonly<Record<string, string | undefined>>;
    if (literal === '') throw new RangeError('character to be escaped is missing');
    if (literal !== undefined) return literal;
    if (name !== undefined) return groupOf(compiled, match, namedGroup(compiled, name)) ?? '';
    if (digits === undefined) throw new RangeError('Illegal group reference');
    return numberedGroup(compiled, match, digits);
  });
}

function namedGroup({ names }: JavaRegex, name: string): number {
  const group = names.get(name);
  if (group === undefined) throw new RangeError(`No group with name {${name}}`);
  return group;
}

/** As many digits as make the number of a group that is there; the others are text. */
function numberedGroup(compiled: JavaRegex, match: RegExpExecArray, digits: string): string {
  let used = 1;
  while (used < digits.length && Number(digits.slice(0, used + 1)) <= groupCount(compiled)) used++;
  return (groupOf(compiled, match, Number(digits.slice(0, used))) ?? '') + digits.slice(used);
}
