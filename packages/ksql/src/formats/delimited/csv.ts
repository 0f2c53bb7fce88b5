/** One line of comma-separated values, quoted as RFC 4180 and Apache Commons CSV have it. */

const QUOTE = '"';

/** The fields of the first line; quotes around a field are taken off and doubled ones inside are halved. */
export function splitCsv(text: string, delimiter: string): string[] {
  if (!text.includes(QUOTE) && !text.includes('\n') && !text.includes('\r')) return text.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const { field, end } = text[at] === QUOTE ? quotedField(text, at, delimiter) : plainField(text, at, delimiter);
    fields.push(field);
    if (text[end] !== delimiter) return fields;
    at = end + 1;
  }
}

type Field = { readonly field: string; readonly end: number };

function plainField(text: string, start: number, delimiter: string): Field {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
  return { field: text.slice(start, end), end };
}

function quotedField(text: string, start: number, delimiter: string): Field {
  let field = '';
  let at = start + 1;
  for (;;) {
    const close = text.indexOf(QUOTE, at);
    if (close < 0) throw new Error('a quoted field does not end');
    field += text.slice(at, close);
    if (text[close + 1] !== QUOTE) {
      const rest = plainField(text, close + 1, delimiter);
      if (rest.field.trim() !== '') throw new Error('there is text after the end of a quoted field');
      return { field, end: rest.end };
    }
    field += QUOTE;
    at = close + 2;
  }
}

/** Null is nothing at all; an empty text at the beginning of a line is quoted, so that the line is not empty. */
export function joinCsv(fields: readonly (string | null)[], delimiter: string): string {
  return fields.map((field, index) => (field === null ? '' : quoted(field, delimiter, index === 0))).join(delimiter);
}

/** A line that begins with anything but a letter or a digit is quoted there. */
const FIRST_PLAIN = /^[0-9A-Za-z]/;
const SPACE = 0x20;
const HASH = 0x23;

function quoted(field: string, delimiter: string, isFirst: boolean): string {
  if (!needsQuotes(field, delimiter, isFirst)) return field;
  return QUOTE + field.replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE;
}

function needsQuotes(field: string, delimiter: string, isFirst: boolean): boolean {
  if (field.length === 0) return isFirst;
  if (isFirst && !FIRST_PLAIN.test(field)) return true;
  if (field.charCodeAt(0) <= HASH || field.charCodeAt(field.length - 1) <= SPACE) return true;
  return field.includes(delimiter) || field.includes(QUOTE) || field.includes('\n') || field.includes('\r');
}
