import { MillraceError } from '@millrace/base';
import { formatStatement } from './format-statement.ts';
import { type FormatToken, scanForFormat } from './format-tokens.ts';
import { parse } from './parse.ts';

/**
 * Statements in one style: keywords in capitals, a clause a line where a statement is long, comments kept. What is said
 * is the same before and after; that is checked each time.
 * @throws ParseFailedException for a text that is no SQL
 */
export function formatSql(text: string): string {
  const meaning = meaningOf(text);
  const { tokens, ending } = scanForFormat(text);
  const blocks = statementsOf(tokens).map((statement, position) => {
    const gap = position > 0 && statement[0]!.hasGap ? '\n' : '';
    return `${gap}${formatStatement(statement)}\n`;
  });
  const formatted = blocks.join('') + ending.map((comment) => `${comment}\n`).join('');
  if (meaningOf(formatted) !== meaning) {
    throw new MillraceError('FORMAT_CHANGED_MEANING', 'Formatting would change what the text says: please report it');
  }
  return formatted;
}

function statementsOf(tokens: readonly FormatToken[]): readonly (readonly FormatToken[])[] {
  const statements: FormatToken[][] = [];
  let open: FormatToken[] = [];
  for (const token of tokens) {
    open.push(token);
    if (token.text !== ';') continue;
    statements.push(open);
    open = [];
  }
  return open.length === 0 ? statements : [...statements, open];
}

/** The statements without their places in the text. */
function meaningOf(text: string): string {
  const statements = parse(text, { testStatements: true }).map((each) => each.build());
  return JSON.stringify(statements, (key, value) => {
    if (key === 'location') return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}
