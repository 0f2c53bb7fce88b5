import type { Random } from '@millrace/base';
import type { CstNode, IToken } from 'chevrotain';
import { parseTree, tokenize } from '../../syntax/parser.ts';

/** How deep one mutation nests. Far more than the parser takes: what is too deep has to be refused, not to crash. */
const NESTING_MAX = 400;
const LONG_NAME_CHARACTERS = 20_000;
/** Grown from each other, texts would not end; so much of a statement is mutated. */
const STATEMENT_CHARACTERS_MAX = 60_000;
const MUTATIONS_MAX = 4;

/** Texts of one grammar rule, of which one may stand for the other. */
type Parts = ReadonlyMap<string, readonly string[]>;
type Mutation = (text: string, random: Random, parts: Parts) => string;

/** Makes statements out of others, the same ones from the same randomness. */
export class Mutator {
  readonly #statements: readonly string[];
  readonly #parts: Parts;
  readonly #random: Random;

  constructor(statements: readonly string[], random: Random) {
    this.#statements = statements;
    this.#parts = partsOf(statements);
    this.#random = random;
  }

  next(): string {
    const random = this.#random;
    let text = pick(this.#statements, random);
    const count = random.int(MUTATIONS_MAX + 1);
    for (let done = 0; done < count && text.length < STATEMENT_CHARACTERS_MAX; done++) {
      text = pick(MUTATIONS, random)(text, random, this.#parts);
    }
    return text;
  }
}

const ODD_LITERALS = [
  ...['0', '-1', '2147483647', '2147483648', '9223372036854775807', '9223372036854775808', '9'.repeat(400)],
  ...['1.0', '0.1', '.5', '5.', `1.${'0'.repeat(60)}1`, '1e308', '1E400', '-1e-400', '1e', '00012', '1_000', '0x10'],
  ...[
    "''",
    "''''",
    "'\u0000'",
    "'\ud800'",
    "'𝒳é\u0301'",
    "'\u202e'",
    `'${'x'.repeat(5_000)}'`,
    "'2024-13-45'",
    "'NaN'",
  ],
  ...['NULL', 'TRUE', "'", '"', '`', '/*', '*/', '--', '$', '{', '\\', '\ufeff', '\u00a0', '💥', 'Ä', '\u0000'],
  ...['""', '``', '"a""b"', '`a``b`', '__proto__', '`constructor`', '`__proto__`', '`toString`', 'hasOwnProperty'],
  ...['ROWTIME', 'ROWKEY', 'ROWOFFSET', 'ROWPARTITION', 'WINDOWSTART', 'WINDOWEND', 'KSQL_COL_0', '*', 'f.*', 'INT'],
];

const WORDS = [
  ...[
    'SELECT',
    'FROM',
    'WHERE',
    'GROUP BY',
    'PARTITION BY',
    'HAVING',
    'WINDOW',
    'WITHIN',
    'EMIT CHANGES',
    'EMIT FINAL',
  ],
  ...['LIMIT', 'AS', 'JOIN', 'ON', 'AND', 'OR', 'NOT', 'IN', 'LIKE', 'BETWEEN', 'CASE', 'WHEN', 'END', 'CAST', 'NULL'],
  ...['DISTINCT', 'KEY', 'PRIMARY KEY', 'HEADERS', 'WITH', 'VALUES', 'DAYS', '(', ')', '[', ']', '->', '=>', ':=', ';'],
];

const MUTATIONS: readonly Mutation[] = [
  (text, random) => changeToken(text, random, () => ''),
  (text, random) => changeToken(text, random, ({ image }) => `${image} ${image}`),
  (text, random) => changeToken(text, random, () => pick(ODD_LITERALS, random)),
  (text, random) => changeToken(text, random, ({ image }) => `${image} ${pick(WORDS, random)}`),
  (text, random) => changeToken(text, random, ({ image }) => flipCase(image)),
  changeLiteral,
  swapTokens,
  splice,
  splice,
  splice,
  nest,
  lengthenName,
  cutText,
  repeatPart,
];

function changeToken(text: string, random: Random, change: (token: IToken) => string): string {
  const tokens = tokenize(text);
  if (tokens.length === 0) return text;
  const token = pick(tokens, random);
  return replaced(text, token.startOffset, endOf(token), change(token));
}

function changeLiteral(text: string, random: Random): string {
  const literals = tokenize(text).filter(({ image }) => /^['\d.]/.test(image) && image !== '.');
  if (literals.length === 0) return text;
  const token = pick(literals, random);
  return replaced(text, token.startOffset, endOf(token), pick(ODD_LITERALS, random));
}

function swapTokens(text: string, random: Random): string {
  const tokens = tokenize(text);
  if (tokens.length < 2) return text;
  const [left, right] = [pick(tokens, random), pick(tokens, random)].sort((a, b) => a.startOffset - b.startOffset) as [
    IToken,
    IToken,
  ];
  if (left === right) return text;
  const between = text.slice(endOf(left), right.startOffset);
  return replaced(text, left.startOffset, endOf(right), `${right.image}${between}${left.image}`);
}

/** A part of the statement gives way to a part of the same rule from elsewhere: the result still parses. */
function splice(text: string, random: Random, parts: Parts): string {
  const own = nodesOf(text).filter(({ name }) => parts.has(name));
  if (own.length === 0) return text;
  const { name, start, end } = pick(own, random);
  return replaced(text, start, end, pick(parts.get(name)!, random));
}

const NESTINGS: readonly ((inner: string) => string)[] = [
  (inner) => `(${inner})`,
  (inner) => `NOT ${inner}`,
  (inner) => `- ${inner}`,
  (inner) => `ARRAY[${inner}]`,
  (inner) => `STRUCT(a := ${inner})`,
  (inner) => `CASE WHEN TRUE THEN ${inner} END`,
  (inner) => `CAST(${inner} AS STRING)`,
  (inner) => `UCASE(${inner})`,
  (inner) => `${inner} + 1`,
  (inner) => `${inner} OR ${inner.length < 1_000 ? inner : 'TRUE'}`,
  (inner) => `${inner} || 'x'`,
  (inner) => `${inner}[1]`,
  (inner) => `${inner}->a`,
  (inner) => `${inner} AT TIME ZONE 'UTC'`,
  (inner) => `TRANSFORM(${inner}, x => x)`,
];

const TYPE_NESTINGS: readonly ((inner: string) => string)[] = [
  (inner) => `ARRAY<${inner}>`,
  (inner) => `MAP<STRING, ${inner}>`,
  (inner) => `STRUCT<a ${inner}>`,
];

function nest(text: string, random: Random): string {
  const expressions = nodesOf(text).filter(({ name }) => name === 'expression' || name === 'type');
  if (expressions.length === 0) return text;
  const { name, start, end } = pick(expressions, random);
  const wrap = pick(name === 'type' ? TYPE_NESTINGS : NESTINGS, random);
  const depth = 1 + random.int(random.int(4) === 0 ? NESTING_MAX : 10);
  let inner = text.slice(start, end);
  for (let level = 0; level < depth && inner.length < STATEMENT_CHARACTERS_MAX; level++) inner = wrap(inner);
  return replaced(text, start, end, inner);
}

function lengthenName(text: string, random: Random): string {
  const names = nodesOf(text).filter(({ name }) => name === 'identifier');
  if (names.length === 0) return text;
  const { start, end } = pick(names, random);
  return replaced(text, start, end, 'n'.repeat(1 + random.int(LONG_NAME_CHARACTERS)));
}

function cutText(text: string, random: Random): string {
  return text.slice(0, random.int(text.length + 1));
}

/** A list's element many times over. */
function repeatPart(text: string, random: Random): string {
  const elements = nodesOf(text).filter(({ name }) => LISTED.has(name));
  if (elements.length === 0) return text;
  const { start, end } = pick(elements, random);
  const part = text.slice(start, end);
  return replaced(text, start, end, new Array<string>(2 + random.int(60)).fill(part).join(', '));
}

const LISTED: ReadonlySet<string> = new Set([
  ...['selectItem', 'tableElement', 'tableProperty', 'functionArgument', 'expression', 'statement'],
]);

type Part = { readonly name: string; readonly start: number; readonly end: number };

/** The parts of a statement, none where it does not parse. */
function nodesOf(text: string): readonly Part[] {
  try {
    return below(parseTree(text, 'statements')).filter(({ start, end }) => end > start);
  } catch {
    return [];
  }
}

function below(node: CstNode): readonly Part[] {
  const { startOffset, endOffset } = node.location ?? {};
  const start = startOffset ?? 0;
  const own: Part = { name: node.name, start, end: (endOffset ?? start - 1) + 1 };
  const children = Object.values(node.children).flat() as (CstNode | IToken)[];
  return [own, ...children.flatMap((child) => ('children' in child ? below(child) : []))];
}

function partsOf(statements: readonly string[]): Parts {
  const parts = new Map<string, Set<string>>();
  for (const text of statements) {
    for (const { name, start, end } of nodesOf(text)) {
      const texts = parts.get(name) ?? new Set();
      parts.set(name, texts.add(text.slice(start, end)));
    }
  }
  return new Map([...parts].map(([name, texts]) => [name, [...texts]]));
}

function flipCase(image: string): string {
  return image === image.toUpperCase() ? image.toLowerCase() : image.toUpperCase();
}

function replaced(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length;
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.int(from.length)]!;
}
