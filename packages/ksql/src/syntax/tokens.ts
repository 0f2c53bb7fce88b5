import { createToken, Lexer, type TokenType } from 'chevrotain';

/**
 * The words and signs of the language. Keywords ignore case. The order of declaration is the order in which expected
 * tokens are listed in error messages: signs, then words, then the classes of literals and names.
 */

/** Whatever may stand where a name is expected: identifiers in all spellings, and the keywords that aren't reserved. */
export const Name: TokenType = createToken({ name: 'NAME', pattern: Lexer.NA });

export const Identifier: TokenType = createToken({
  name: 'IDENTIFIER',
  pattern: /[A-Za-z_][A-Za-z0-9_@]*/,
  categories: [Name],
});
const DigitIdentifier: TokenType = createToken({
  name: 'DIGIT_IDENTIFIER',
  pattern: /\d+[A-Za-z_@][A-Za-z0-9_@]*/,
  categories: [Name],
});
const QuotedIdentifier: TokenType = createToken({
  name: 'QUOTED_IDENTIFIER',
  pattern: /"(?:[^"]|"")*"/,
  line_breaks: true,
  categories: [Name],
});
const BackquotedIdentifier: TokenType = createToken({
  name: 'BACKQUOTED_IDENTIFIER',
  pattern: /`(?:[^`]|``)*`/,
  line_breaks: true,
  categories: [Name],
});
const Variable: TokenType = createToken({
  name: 'VARIABLE',
  pattern: /\$\{[A-Za-z_][A-Za-z0-9_@]*\}/,
  categories: [Name],
});
export const StringValue: TokenType = createToken({
  name: 'STRING',
  pattern: /'(?:[^']|'')*'/,
  line_breaks: true,
});
export const IntegerValue: TokenType = createToken({ name: 'INTEGER_VALUE', pattern: /\d+/ });
export const DecimalValue: TokenType = createToken({ name: 'DECIMAL_VALUE', pattern: /\d+\.\d*|\.\d+/ });
export const FloatingPointValue: TokenType = createToken({
  name: 'FLOATING_POINT_VALUE',
  pattern: /(?:\d+(?:\.\d*)?|\.\d+)[Ee][+-]?\d+(?![A-Za-z0-9_@])/,
});

function sign(text: string): TokenType {
  return createToken({ name: `'${text}'`, pattern: text });
}
export const Semicolon: TokenType = sign(';');
export const Comma: TokenType = sign(',');
export const LeftParenthesis: TokenType = sign('(');
export const RightParenthesis: TokenType = sign(')');
export const Dot: TokenType = sign('.');
export const LeftBracket: TokenType = sign('[');
export const RightBracket: TokenType = sign(']');
export const Assign: TokenType = sign(':=');
export const FieldArrow: TokenType = sign('->');
export const LambdaArrow: TokenType = sign('=>');
export const Concat: TokenType = sign('||');
export const LessOrEqual: TokenType = sign('<=');
export const GreaterOrEqual: TokenType = sign('>=');
export const NotEqual: TokenType = createToken({ name: "'<>'", pattern: /<>|!=/ });
export const Equal: TokenType = sign('=');
export const Less: TokenType = sign('<');
export const Greater: TokenType = sign('>');
export const Plus: TokenType = sign('+');
export const Minus: TokenType = sign('-');
export const Asterisk: TokenType = sign('*');
export const Slash: TokenType = sign('/');
export const Percent: TokenType = sign('%');

const RESERVED_WORDS = [
  ['SELECT', 'FROM', 'AS', 'ALL', 'DISTINCT', 'WHERE', 'WITHIN', 'WINDOW', 'GROUP', 'BY', 'HAVING', 'LIMIT', 'AT'],
  ['OR', 'AND', 'IN', 'NOT', 'EXISTS', 'BETWEEN', 'LIKE', 'IS', 'NULL', 'TRUE', 'FALSE', 'MILLISECOND', 'YEARS'],
  ['MONTHS', 'DAYS', 'HOURS', 'MINUTES', 'SECONDS', 'MILLISECONDS', 'TUMBLING', 'HOPPING', 'SIZE', 'ADVANCE'],
  ['RETENTION', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'JOIN', 'FULL', 'OUTER', 'INNER', 'LEFT', 'RIGHT', 'ON'],
  ['WITH', 'VALUES', 'CREATE', 'TABLE', 'TOPIC', 'STREAM', 'STREAMS', 'INSERT', 'DELETE', 'INTO', 'DESCRIBE'],
  ['EXTENDED', 'PRINT', 'CAST', 'LIST', 'TOPICS', 'QUERIES', 'TERMINATE', 'PAUSE', 'RESUME', 'DROP', 'SAMPLE'],
  ['PROPERTIES', 'BEGINNING', 'UNSET', 'RUN', 'SCRIPT', 'DECIMAL', 'CONNECTOR', 'CONNECTORS'],
] as const;

const UNRESERVED_WORDS = [
  ['EMIT', 'CHANGES', 'FINAL', 'ESCAPE', 'INTEGER', 'DATE', 'TIME', 'TIMESTAMP', 'INTERVAL', 'YEAR', 'MONTH', 'DAY'],
  ['HOUR', 'MINUTE', 'SECOND', 'ZONE', 'GRACE', 'PERIOD', 'PARTITION', 'STRUCT', 'EXPLAIN', 'TYPE', 'TYPES', 'SHOW'],
  ['TABLES', 'COLUMNS', 'COLUMN', 'PARTITIONS', 'FUNCTIONS', 'FUNCTION', 'ARRAY', 'MAP', 'SET', 'DEFINE'],
  ['UNDEFINE', 'SESSION', 'KEY', 'SINK', 'SOURCE', 'PRIMARY', 'REPLACE', 'ASSERT', 'ADD', 'ALTER', 'VARIABLES'],
  ['PLUGINS', 'HEADERS', 'HEADER', 'SYSTEM', 'TIMEOUT', 'SCHEMA', 'SUBJECT', 'ID', 'IF'],
  // Spelled like the class of string literals, hence the quotes wherever it is listed.
  ['STRING'],
] as const;

export type Keyword = (typeof RESERVED_WORDS)[number][number] | (typeof UNRESERVED_WORDS)[number][number];

function keyword(word: Keyword, reserved: boolean): TokenType {
  return createToken({
    name: word === 'STRING' ? "'STRING'" : word,
    pattern: new RegExp(`${word}(?![A-Za-z0-9_@])`, 'i'),
    categories: reserved ? [] : [Name],
  });
}

/** The token of each keyword. */
export const Word: Readonly<Record<Keyword, TokenType>> = Object.fromEntries([
  ...RESERVED_WORDS.flat().map((word) => [word, keyword(word, true)]),
  ...UNRESERVED_WORDS.flat().map((word) => [word, keyword(word, false)]),
]);

const RESERVED: ReadonlySet<string> = new Set(RESERVED_WORDS.flat());

const KEYWORDS: ReadonlySet<string> = new Set([...RESERVED, ...UNRESERVED_WORDS.flat()]);

/** Whether the word has a meaning of its own somewhere in the language. */
export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word.toUpperCase());
}

/** Whether a name has to be quoted because the language needs the word. */
export function isReservedWord(word: string): boolean {
  return RESERVED.has(word.toUpperCase());
}

const skipped = [
  createToken({ name: 'WS', pattern: /[ \r\n\t]+/, group: Lexer.SKIPPED, line_breaks: true }),
  createToken({ name: 'DIRECTIVE_COMMENT', pattern: /--@[^\r\n]*/, group: 'directives' }),
  createToken({ name: 'SIMPLE_COMMENT', pattern: /--[^\r\n]*/, group: Lexer.SKIPPED }),
  createToken({ name: 'BRACKETED_COMMENT', pattern: /\/\*[\s\S]*?\*\//, group: Lexer.SKIPPED, line_breaks: true }),
];

/** A character that begins no token. It is a token all the same, so that the parser reports it with its position. */
const Unrecognized = createToken({ name: 'UNRECOGNIZED', pattern: /./ });

const signs = [
  ...[Semicolon, Comma, LeftParenthesis, RightParenthesis, LeftBracket, RightBracket, Assign, FieldArrow],
  ...[LambdaArrow, Concat, LessOrEqual, GreaterOrEqual, NotEqual, Equal, Less, Greater, Plus, Minus, Asterisk],
  ...[Slash, Percent, Dot],
];
const numbers = [FloatingPointValue, DecimalValue, DigitIdentifier, IntegerValue];
const names = [Identifier, QuotedIdentifier, BackquotedIdentifier, Variable];

/** All tokens, in the order in which the lexer tries them. */
export const allTokens: readonly TokenType[] = [
  ...skipped,
  ...numbers,
  ...signs,
  StringValue,
  ...Object.values(Word),
  ...names,
  Name,
  Unrecognized,
];

const listed = [
  ...[Semicolon, Comma, LeftParenthesis, RightParenthesis, Dot, LeftBracket, RightBracket, Word.STRING],
  ...Object.values(Word),
  ...[...signs, StringValue, IntegerValue, DecimalValue, FloatingPointValue, ...names],
];

/** Sorts token types as error messages list them. */
export function byListingOrder(left: TokenType, right: TokenType): number {
  return listed.indexOf(left) - listed.indexOf(right);
}
