/** Java's regular expressions, as far as they differ from JavaScript's in spelling. */

const REGEXES_MAX = 1000;
const cache = new Map<string, RegExp>();

/** The compiled pattern, with the flag `g` so that a search can go on. @throws SyntaxError */
export function javaRegex(pattern: string): RegExp {
  let regex = cache.get(pattern);
  if (regex === undefined) {
    regex = translate(pattern);
    if (cache.size >= REGEXES_MAX) cache.clear();
    cache.set(pattern, regex);
  }
  regex.lastIndex = 0;
  return regex;
}

const CLASSES: Readonly<Record<string, string>> = {
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  Punct: '!-\\/:-@\\[-`{-~',
  Space: '\\s',
  Blank: ' \\t',
  XDigit: '0-9a-fA-F',
  ASCII: '\\x00-\\x7f',
};

function translate(pattern: string): RegExp {
  let flags = 'g';
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline !== null) flags += inline[1]!.replace('x', '');
  const source = pattern
    .slice(inline?.[0].length ?? 0)
    .replace(/\\Q(.*?)(?:\\E|$)/gs, (_, text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .replace(/\[((?:[^\]\\]|\\.)*)\]/g, (_, inner: string) => `[${inner.replace(/\\p\{(\w+)\}/g, inClass)}]`)
    .replace(/\\([pP])\{(\w+)\}/g, (whole, letter: string, name: string) =>
      CLASSES[name] === undefined ? whole : `[${letter === 'P' ? '^' : ''}${CLASSES[name]}]`,
    )
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\\h/g, '[ \\t]')
    // Possessive quantifiers match the same unless they fail; JavaScript has none.
    .replace(/(?<!\\)([*+?}])\+/g, '$1');
  return new RegExp(source, /\\[pP]\{/.test(source) ? `${flags}u` : flags);
}

const inClass = (whole: string, name: string): string => CLASSES[name] ?? whole;

/** A replacement as Java writes it: `$1` is a group, `\` takes the next character as it is. */
export function replaceJava(text: string, pattern: string, replacement: string): string {
  return text.replace(javaRegex(pattern), (...match: readonly unknown[]) =>
    replacement.replace(/\\(.)|\$(\d)/gs, (_, literal: string | undefined, group: string | undefined) =>
      literal !== undefined ? literal : groupText(match, Number(group)),
    ),
  );
}

function groupText(match: readonly unknown[], group: number): string {
  const text = match[group];
  if (typeof text === 'string') return text;
  if (text === undefined) return '';
  throw new RangeError(`No group ${group}`);
}
