import {
  type IRecognitionException,
  type IToken,
  MismatchedTokenException,
  NotAllInputParsedException,
  NoViableAltException,
  type Rule as Production,
  type TokenType,
  tokenMatcher,
} from 'chevrotain';
import { ParseFailedException } from '../lib/ksql-exception.ts';
import { alternativesOf, separatorBefore, startersOf } from './expected-tokens.ts';
import { byListingOrder, isKeyword, isReservedWord, Name } from './tokens.ts';

/** An error of the text at a token (undefined: at its end), worded as ksqlDB words it. */
export function syntaxError(text: string, at: IToken | undefined, explanation: string): ParseFailedException {
  const { line, column } = positionIn(text, at);
  return new ParseFailedException(`line ${line}:${column}: Syntax Error\n${explanation}`, text);
}

function positionIn(text: string, at: IToken | undefined): { line: number; column: number } {
  // The parser's own end token has no place.
  if (at?.startLine !== undefined && at.startLine >= 1) {
    return { line: at.startLine, column: at.startColumn ?? 1 };
  }
  const lines = text.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

export type Failure = {
  /** The rule that the whole text had to be. */
  readonly root: string;
  readonly error: IRecognitionException;
  /** The token type that a mismatch was about. */
  readonly expected: TokenType | undefined;
  readonly tokens: readonly IToken[];
  readonly productions: Readonly<Record<string, Production>>;
  /** Parses other tokens instead: where those fail, or undefined if they don't. */
  readonly errorAfter: (tokens: readonly IToken[]) => IToken | undefined;
};

/**
 * What to say about a failed parse. Where one sign or keyword is missing, that; where a name is a reserved word, that; else
 * what could have stood there, as far as it is a short list. Where the statement could have ended nothing is said, but
 * that its semicolon is missing at the end of the text.
 */
export function explain(failure: Failure): string {
  const { error, productions, root } = failure;
  const rule = error.context.ruleStack.at(-1) ?? root;
  if (rule === root || error instanceof NotAllInputParsedException) {
    if (isAtStatementStart(failure)) return unknownStatement(error.token, startersOf(root, productions));
    return error.token.image === '' ? "missing ';' at '<EOF>'" : '';
  }
  if (error instanceof MismatchedTokenException) {
    return failure.expected === undefined ? nearToken(error.token) : mismatch(failure, failure.expected, rule);
  }
  if (error instanceof NoViableAltException) {
    const alternatives = alternativesOf(rule, productions);
    if (alternatives !== undefined) return expecting(alternatives);
  }
  return nearToken(error.token);
}

function isAtStatementStart({ error, tokens }: Failure): boolean {
  const position = tokens.indexOf(error.token);
  return position === 0 || tokens[position - 1]?.image === ';';
}

function mismatch(failure: Failure, expected: TokenType, rule: string): string {
  const { error, tokens, productions } = failure;
  const position = tokens.indexOf(error.token);
  const actual = quoted(error.token);
  const separator = separatorBefore(rule, expected, productions);
  const possible = separator === undefined ? [expected] : [separator, expected];
  if (position >= 0) {
    const next = tokens[position + 1];
    if (next !== undefined && tokenMatcher(next, expected)) {
      const word = error.token.image;
      if (isReservedWord(word)) {
        return (
          `"${word}" is a reserved keyword and it can't be used as an identifier.` +
          ` You can use it as an identifier by escaping it as '${word}' `
        );
      }
      return expecting(possible);
    }
    const image = imageOf(expected);
    if (image !== undefined) {
      const inserted = { ...error.token, image, tokenType: expected };
      if (expected.tokenTypeIdx !== undefined) inserted.tokenTypeIdx = expected.tokenTypeIdx;
      const failedAt = failure.errorAfter([...tokens.slice(0, position), inserted, ...tokens.slice(position)]);
      if (failedAt !== error.token && failedAt !== inserted) return `missing ${listed([expected])} at ${actual}`;
    }
  }
  return expecting(possible);
}

/** How a token is written that has one spelling. */
function imageOf({ PATTERN, name }: TokenType): string | undefined {
  if (typeof PATTERN === 'string') return PATTERN;
  return isKeyword(name) ? name : undefined;
}

const LISTED_MAX = 3;

/** Names have too many spellings to be listed. */
function expecting(types: readonly TokenType[]): string {
  return types.length > LISTED_MAX || types.includes(Name) ? '' : `Expecting ${listed(types)}`;
}

function listed(types: readonly TokenType[]): string {
  const names = [...types].sort(byListingOrder).map(({ name }) => (isKeyword(name) ? `'${name}'` : name));
  return names.length === 1 ? `${names[0]}` : `{${names.join(', ')}}`;
}

function quoted(token: IToken): string {
  return `'${token.image === '' ? '<EOF>' : token.image}'`;
}

function nearToken(token: IToken): string {
  const place = token.image === '' ? '' : ` at line ${token.startLine}:${token.startColumn}`;
  return `Syntax error at or near ${quoted(token)}${place}`;
}

function unknownStatement(token: IToken, starters: readonly TokenType[]): string {
  const word = token.image.toUpperCase();
  const [near] = starters
    .map((type) => ({ name: type.name, distance: editDistance(word, type.name) }))
    .sort((left, right) => left.distance - right.distance);
  const hint = near === undefined ? '' : `\nDid you mean '${near.name}'?`;
  return `Unknown statement '${token.image}'${hint}`;
}

/** Levenshtein's distance. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const replaced = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[right.length]!;
}
