import { KsqlException } from '../lib/ksql-exception.ts';

export type Variables = Readonly<Record<string, string>>;

// Alternatives in the order of a lexer: inside comments nothing is replaced, inside quotes the value is escaped.
const PIECE = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|`(?:[^`]|``)*`|"(?:[^"]|"")*"|\$\{\w+\}/g;
const REFERENCE = /\$\{(\w+)\}/g;
/** What may stand for a variable outside of quotes: one name or one literal, never more SQL. */
const ONE_TOKEN = /^(?:\w+|-?\d+(?:\.\d+)?|'(?:[^']|'')*'|`(?:[^`]|``)*`|"(?:[^"]|"")*")$/;

/**
 * Replaces `${name}` in strings and names by the variable's value; names ignore case, unknown ones stay as they are.
 * @throws KsqlException for a value that would change what the statement is.
 */
export function substituteVariables(text: string, variables: Variables): string {
  const values = new Map(Object.entries(variables).map(([name, value]) => [name.toUpperCase(), value]));
  if (values.size === 0) return text;
  const replaceIn = (piece: string, quote: (value: string, name: string) => string): string =>
    piece.replace(REFERENCE, (reference, name: string) => {
      const value = values.get(name.toUpperCase());
      return value === undefined ? reference : quote(value, name);
    });
  return text.replace(PIECE, (piece) => {
    const quote = piece[0]!;
    if (quote === '-' || quote === '/') return piece;
    if (quote === '$') return replaceIn(piece, singleToken);
    return replaceIn(piece, (value) => value.replaceAll(quote, quote + quote));
  });
}

function singleToken(value: string, name: string): string {
  if (ONE_TOKEN.test(value)) return value;
  throw new KsqlException(`The value of the variable '${name}' is neither one name nor one literal: ${value}`);
}
