import type { FormatToken } from './format-tokens.ts';
import { isKeyword } from './tokens.ts';

/** Lines are not made longer than this where they can be broken. */
const WIDTH_MAX = 100;
const STEP = '  ';

/** What begins a line of its own in a statement that is broken; `BY` and the like come with the word before. */
const CLAUSES: ReadonlySet<string> = new Set([
  ...['SELECT', 'FROM', 'WHERE', 'WINDOW', 'GROUP', 'PARTITION', 'HAVING', 'EMIT', 'LIMIT', 'VALUES', 'WITH'],
  ...['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL'],
]);
const JOIN_KINDS: ReadonlySet<string> = new Set(['INNER', 'LEFT', 'RIGHT', 'FULL']);
/** Clauses of a query, which stand one step in where the query belongs to a CREATE or INSERT. */
const OF_QUERIES: ReadonlySet<string> = new Set([...CLAUSES].filter((word) => word !== 'WITH' && word !== 'VALUES'));

type Clause = { readonly indent: string; readonly tokens: readonly FormatToken[] };

/** One statement with its comments, without a line end behind it. */
export function formatStatement(tokens: readonly FormatToken[]): string {
  const head = tokens[0]!.leading.map((comment) => `${comment}\n`).join('');
  const inner = [{ ...tokens[0]!, leading: [] }, ...tokens.slice(1)];
  const line = flat(inner);
  const isShort = line.length <= WIDTH_MAX && !inner.slice(0, -1).some(hasComment);
  return head + (isShort ? line + trailingOf(inner.at(-1)!) : clausesOf(inner).map(formatClause).join('\n'));
}

const hasComment = ({ leading, trailing }: FormatToken): boolean => leading.length + trailing.length > 0;

function clausesOf(tokens: readonly FormatToken[]): readonly Clause[] {
  const clauses: { indent: string; tokens: FormatToken[] }[] = [{ indent: '', tokens: [] }];
  const isQuery = wordOf(tokens[0]!) === 'SELECT';
  let depth = 0;
  for (const [position, token] of tokens.entries()) {
    const word = wordOf(token);
    const starts = depth === 0 && position > 0 && startsClause(tokens, position);
    if (starts) clauses.push({ indent: !isQuery && OF_QUERIES.has(word) ? STEP : '', tokens: [] });
    clauses.at(-1)!.tokens.push(token);
    if ('([<'.includes(token.text) && token.text !== '<') depth++;
    if (')]'.includes(token.text)) depth--;
  }
  return clauses;
}

function startsClause(tokens: readonly FormatToken[], position: number): boolean {
  const [before, word, after] = [-1, 0, 1].map((offset) => wordOf(tokens[position + offset]));
  if (!CLAUSES.has(word!) || before === '.' || before === '->') return false;
  if (JOIN_KINDS.has(word!)) return after === 'JOIN' || after === 'OUTER';
  if (word === 'JOIN') return !JOIN_KINDS.has(before!) && before !== 'OUTER';
  if (word === 'GROUP' || word === 'PARTITION') return after === 'BY';
  if (word === 'EMIT') return after === 'CHANGES' || after === 'FINAL';
  if (word === 'WITH' || word === 'VALUES') return after === '(' && before !== 'ASSERT' && before !== 'NULL';
  return true;
}

function wordOf(token: FormatToken | undefined): string {
  if (token === undefined) return '';
  return token.kind === 'word' || token.kind === 'sign' ? token.text.toUpperCase() : '';
}

function formatClause({ indent, tokens }: Clause): string {
  const line = flat(tokens);
  const fits = indent.length + line.length <= WIDTH_MAX && !tokens.slice(0, -1).some(hasComment);
  const own = tokens[0]!.leading.map((comment) => `${indent}${comment}\n`).join('');
  if (fits) return `${own}${indent}${line}${trailingOf(tokens.at(-1)!)}`;
  const bare = [{ ...tokens[0]!, leading: [] }, ...tokens.slice(1)];
  return own + (wordOf(bare[0]) === 'SELECT' ? formatItems(bare, indent) : formatLists(bare, indent));
}

/** SELECT with an item a line. */
function formatItems([select, ...rest]: readonly FormatToken[], indent: string): string {
  return `${indent}${flat([select!])}${trailingOf(select!)}\n${itemLines(rest, indent + STEP)}`;
}

/** A clause whose outermost lists in parentheses have an element a line. */
function formatLists(tokens: readonly FormatToken[], indent: string): string {
  const open = tokens.findIndex(({ text }) => text === '(');
  const close = open < 0 ? -1 : closingOf(tokens, open);
  if (open < 0 || close <= open + 1) return `${indent}${withInlineComments(tokens)}${trailingOf(tokens.at(-1)!)}`;
  const head = withInlineComments(tokens.slice(0, open + 1));
  const body = itemLines(tokens.slice(open + 1, close), indent + STEP);
  const tail = [...tokens.slice(close)];
  const lead = tail[0]!.leading.map((comment) => `${indent}${STEP}${comment}\n`).join('');
  const rest = withInlineComments([{ ...tail[0]!, leading: [] }, ...tail.slice(1)]);
  return `${indent}${head}${trailingOf(tokens[open]!)}\n${body}\n${lead}${indent}${rest}${trailingOf(tail.at(-1)!)}`;
}

function closingOf(tokens: readonly FormatToken[], open: number): number {
  let depth = 0;
  for (let position = open; position < tokens.length; position++) {
    if (tokens[position]!.text === '(') depth++;
    if (tokens[position]!.text === ')' && --depth === 0) return position;
  }
  return -1;
}

/** Elements of a list, each on its lines with the comments that belong to it. */
function itemLines(tokens: readonly FormatToken[], indent: string): string {
  return itemsOf(tokens)
    .map((item) => {
      const [first, ...others] = item;
      const own = first!.leading.map((comment) => `${indent}${comment}\n`).join('');
      return `${own}${indent}${withInlineComments([{ ...first!, leading: [] }, ...others])}${trailingOf(item.at(-1)!)}`;
    })
    .join('\n');
}

/** Cut behind the commas that stand in no parentheses. */
function itemsOf(tokens: readonly FormatToken[]): readonly (readonly FormatToken[])[] {
  const items: FormatToken[][] = [[]];
  let depth = 0;
  for (const [position, token] of tokens.entries()) {
    items.at(-1)!.push(token);
    depth += depthChange(tokens, position);
    if (token.text === ',' && depth === 0) items.push([]);
  }
  return items.filter((item) => item.length > 0);
}

function depthChange(tokens: readonly FormatToken[], position: number): number {
  const { text } = tokens[position]!;
  if (text === '(' || text === '[') return 1;
  if (text === ')' || text === ']') return -1;
  return isTypeBracket(tokens, position) ? (text === '<' ? 1 : -1) : 0;
}

const trailingOf = ({ trailing }: FormatToken): string => trailing.map((comment) => ` ${comment}`).join('');

/** On one line. Comments between the words become bracketed ones, so that the line goes on behind them. */
function withInlineComments(tokens: readonly FormatToken[]): string {
  const [last, inner] = [tokens.length - 1, (comment: string) => bracketed(comment)];
  return flat(tokens, (token, position) => ({
    before: token.leading.map(inner),
    after: position === last ? [] : token.trailing.map(inner),
  }));
}

function bracketed(comment: string): string {
  if (comment.startsWith('/*')) return comment;
  return `/* ${comment.slice(2).trim().replaceAll('*/', '* /')} */`;
}

type Comments = { readonly before: readonly string[]; readonly after: readonly string[] };
const NO_COMMENTS: Comments = { before: [], after: [] };

function flat(
  tokens: readonly FormatToken[],
  commentsOf: (token: FormatToken, position: number) => Comments = () => NO_COMMENTS,
): string {
  let line = '';
  for (const [position, token] of tokens.entries()) {
    const { before, after } = commentsOf(token, position);
    for (const comment of before) line += line === '' ? comment : ` ${comment}`;
    const isFirst = line === '';
    const space = !isFirst && (before.length > 0 || hasSpaceBefore(tokens, position)) ? ' ' : '';
    line += space + spelled(tokens, position);
    for (const comment of after) line += ` ${comment}`;
  }
  return line;
}

/** Keywords that people call columns and settings by, more often than they use them as keywords. */
const NAME_LIKE: ReadonlySet<string> = new Set([
  'ID',
  'TYPE',
  'TYPES',
  'SOURCE',
  'SINK',
  'SUBJECT',
  'SCHEMA',
  'SYSTEM',
]);
const BEFORE_KEYWORDS: ReadonlySet<string> = new Set(['CREATE', 'REPLACE', 'DROP', 'ALTER', 'LIST', 'SHOW', 'EXISTS']);

/** Keywords in capitals, names as they are written. A name that is spelled like a keyword means the same in capitals. */
function spelled(tokens: readonly FormatToken[], position: number): string {
  const { text, kind } = tokens[position]!;
  if (kind !== 'word' || !isKeyword(text)) return text;
  const [before, after] = [wordOf(tokens[position - 1]), wordOf(tokens[position + 1])];
  // Topic names are taken as they are written; variables too.
  if (['PRINT', 'DEFINE', 'UNDEFINE', '.', '->'].includes(before) || after === '=' || after === '.') return text;
  const isName = NAME_LIKE.has(text.toUpperCase()) && !BEFORE_KEYWORDS.has(before) && wordOf(tokens[0]) !== 'ASSERT';
  return isName ? text : text.toUpperCase();
}

const TYPE_WORDS: ReadonlySet<string> = new Set(['ARRAY', 'MAP', 'STRUCT']);

/** Whether `<` or `>` belongs to a type. */
function isTypeBracket(tokens: readonly FormatToken[], position: number): boolean {
  const { text } = tokens[position]!;
  if (text === '<') return TYPE_WORDS.has(wordOf(tokens[position - 1]));
  if (text !== '>') return false;
  let depth = 0;
  for (let at = position; at >= 0; at--) {
    if (tokens[at]!.text === '>') depth++;
    if (tokens[at]!.text === '<' && --depth === 0) return TYPE_WORDS.has(wordOf(tokens[at - 1]));
    if (tokens[at]!.text === ';') return false;
  }
  return false;
}

const CALL_WORDS: ReadonlySet<string> = new Set([
  ...['CAST', 'DECIMAL', 'STRUCT', 'MAP', 'HEADER', 'DATE', 'TIME', 'TIMESTAMP', 'REPLACE', 'LEFT', 'RIGHT'],
]);
const SIGNED: ReadonlySet<string> = new Set(['+', '-']);

function hasSpaceBefore(tokens: readonly FormatToken[], position: number): boolean {
  const [token, before] = [tokens[position]!, tokens[position - 1]];
  if (before === undefined) return false;
  const [text, last] = [token.text, before.text];
  if ([',', ';', ')', ']', '.', '->'].includes(text) || ['.', '->', '(', '['].includes(last)) return false;
  if (isTypeBracket(tokens, position)) return text === '>' && last === '<';
  if (last === '<' && isTypeBracket(tokens, position - 1)) return false;
  if (text === '[') return false;
  if (text === '(') return !isCall(tokens, position - 1);
  return !(SIGNED.has(last) && isUnary(tokens, position - 1));
}

/** Whether the word before a parenthesis is a function or a type. In front of lists of columns it is neither. */
function isCall(tokens: readonly FormatToken[], position: number): boolean {
  const { text, kind } = tokens[position]!;
  if (kind !== 'word' && kind !== 'quoted') return false;
  const before = wordOf(tokens[position - 1]);
  const isTarget = ['STREAM', 'TABLE', 'INTO', 'EXISTS', 'VALUES'].includes(before);
  if (isTarget && ['CREATE', 'INSERT', 'ASSERT'].includes(wordOf(tokens[0]))) return false;
  return kind === 'quoted' || !isKeyword(text) || CALL_WORDS.has(text.toUpperCase());
}

/** A sign that no value stands before. */
function isUnary(tokens: readonly FormatToken[], position: number): boolean {
  const before = tokens[position - 1];
  if (before === undefined) return true;
  if (before.kind === 'sign') return ![')', ']'].includes(before.text);
  const isWord = before.kind === 'word' && isKeyword(before.text);
  return isWord && !['END', 'NULL', 'TRUE', 'FALSE'].includes(before.text.toUpperCase());
}
