import { MillraceError } from './error.ts';

/** One entry of a properties file, and the line, from 1, on which it begins. */
export type Property = { readonly name: string; readonly value: string; readonly line: number };

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/**
 * Reads text in the format of `java.util.Properties`: `=`, `:` or white space after the name, comments after `#` or `!`, a
 * backslash at the end of a line goes on with the next one, and backslash escapes in names and values.
 *
 * @throws MillraceError `INVALID_PROPERTIES` for a `\u` without four hexadecimal digits.
 */
export function parseProperties(text: string): readonly Property[] {
  return logicalLines(text).map(({ content, line }) => {
    const nameEnd = endOfName(content);
    const separator = /^[ \t\f]*[=:]?[ \t\f]*/.exec(content.slice(nameEnd))![0];
    const name = withoutEscapes(content.slice(0, nameEnd), line);
    return { name, value: withoutEscapes(content.slice(nameEnd + separator.length), line), line };
  });
}

/** The same as an object; of a name that stands there twice the last value counts. */
export function propertiesOf(text: string): Record<string, string> {
  return Object.fromEntries(parseProperties(text).map(({ name, value }) => [name, value]));
}

function logicalLines(text: string): { readonly content: string; readonly line: number }[] {
  const lines = text.split(/\r\n|\n|\r/);
  const logical: { content: string; line: number }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let content = lines[at]!.replace(/^[ \t\f]+/, '');
    if (content === '' || content.startsWith('#') || content.startsWith('!')) continue;
    while (isContinued(content)) {
      at += 1;
      content = content.slice(0, -1) + (lines[at] ?? '').replace(/^[ \t\f]+/, '');
    }
    if (content !== '') logical.push({ content, line });
  }
  return logical;
}

/** An even number of backslashes stands for themselves. */
function isContinued(line: string): boolean {
  return /\\*$/.exec(line)![0].length % 2 === 1;
}

function endOfName(content: string): number {
  for (let at = 0; at < content.length; at++) {
    if (content[at] === '\\') at += 1;
    else if (/[=: \t\f]/.test(content[at]!)) return at;
  }
  return content.length;
}

function withoutEscapes(text: string, line: number): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (code === 'u') {
      throw new MillraceError('INVALID_PROPERTIES', `line ${line}: four hexadecimal digits must follow \\u`, {
        context: { line },
      });
    }
    return ESCAPES[code] ?? code;
  });
}
