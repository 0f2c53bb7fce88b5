/**
 * A text cut at the semicolons that end statements, by quotes and comments alone: for those who pass statements on and
 * leave it to a server to read them.
 */
export type SplitText = {
  /** With their semicolons, and without what stands before their first word. */
  readonly statements: readonly string[];
  /** What comes behind the last semicolon, without comments; empty where nothing is left. */
  readonly rest: string;
  /** What the text ends in the middle of. */
  readonly open: 'quotes' | 'comment' | null;
};

// In the order of a lexer; what is open goes to the end of the text.
const PIECE = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|`(?:[^`]|``)*(?:`|$)|"(?:[^"]|"")*(?:"|$)|;/g;

export function splitStatements(text: string): SplitText {
  const statements: string[] = [];
  let start = 0;
  let open: SplitText['open'] = null;
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    if (piece === ';') {
      statements.push(withoutLeadingComments(text.slice(start, index + 1)));
      start = index + 1;
    } else if (index + piece.length === text.length) open = openKind(piece);
  }
  return { statements, rest: withoutComments(text.slice(start)), open };
}

/** A text as a server would see it: comments say nothing. */
export function withoutComments(text: string): string {
  return text.replace(PIECE, (piece) => (isComment(piece) ? ' ' : piece)).trim();
}

const LEADING = /^(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)+/;

function withoutLeadingComments(statement: string): string {
  return statement.replace(LEADING, '');
}

function isComment(piece: string): boolean {
  return piece.startsWith('--') || piece.startsWith('/*');
}

function openKind(piece: string): SplitText['open'] {
  if (piece.startsWith('--')) return null;
  if (piece.startsWith('/*')) return piece.length >= 4 && piece.endsWith('*/') ? null : 'comment';
  const quote = piece[0]!;
  // Doubled ones stand for themselves: what is left of them is the ends.
  const ends = piece.replaceAll(quote + quote, '').split(quote).length - 1;
  return ends % 2 === 0 ? null : 'quotes';
}
