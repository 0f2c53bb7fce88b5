import { isReservedWord } from './tokens.ts';

const PLAIN = /^[A-Z_][A-Z0-9_@]*$/;

/** The name behind one spelling: unquoted names fold to upper case, quoted ones lose quotes and doubled quotes. */
export function nameOf(image: string): string {
  const quote = image[0];
  if (quote !== '"' && quote !== '`') return image.startsWith('$') ? image : image.toUpperCase();
  return image.slice(1, -1).replaceAll(quote + quote, quote);
}

/** A spelling of the name that reads back as the same name: in backticks unless it is plain and no reserved word. */
export function printNameSpelling(name: string): string {
  if (PLAIN.test(name) && !isReservedWord(name)) return name;
  return `\`${name.replaceAll('`', '``')}\``;
}

/** The text of a string literal, which doubles single quotes. */
export function stringOf(image: string): string {
  return image.slice(1, -1).replaceAll("''", "'");
}

export function printString(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
