import { MillraceError } from '@millrace/base';
import type { CstNode } from 'chevrotain';
import { ParseFailedException } from '../lib/ksql-exception.ts';
import type { Expression, Statement, TableElement, TypeNode } from './ast.ts';
import { buildExpression } from './build-expressions.ts';
import { buildElementList, buildStatement } from './build-statements.ts';
import { buildType } from './build-types.ts';
import { node } from './cst.ts';
import { parseTree } from './parser.ts';
import { Semicolon } from './tokens.ts';

/** One statement of a text that parsed; its tree is built when its turn comes. */
export type ParsedStatement = {
  /** The statement's own text, with its semicolon. */
  readonly text: string;
  /** @throws ParseFailedException for what the grammar can't see, such as a number that no type holds. */
  build(): Statement;
};

export type ParseOptions = {
  /** Whether the statements of the test tools (ASSERT VALUES, RUN SCRIPT …) are part of the language. */
  readonly testStatements?: boolean;
};

/**
 * Splits a text into statements.
 * @throws ParseFailedException with line and column where the text can't go on.
 */
export function parse(text: string, { testStatements = false }: ParseOptions = {}): readonly ParsedStatement[] {
  const tree = parseTree(text, testStatements ? 'testStatements' : 'statements');
  const ends = (tree.children[Semicolon.name] ?? []) as readonly { readonly endOffset?: number }[];
  const statements = ['statement', 'testAssert', 'runScript'].flatMap(
    (rule) => (tree.children[rule] ?? []) as CstNode[],
  );
  statements.sort((left, right) => startOffsetOf(left) - startOffsetOf(right));
  return statements.map((statement, position) => {
    const own = text.slice(startOffsetOf(statement), (ends[position]?.endOffset ?? text.length) + 1);
    return { text: own, build: () => preparing(own, () => buildStatement(statement)) };
  });
}

function startOffsetOf(statement: CstNode): number {
  return statement.location?.startOffset ?? 0;
}

/** Runs one step before analysis; what goes wrong there is told as ksqlDB's preparation tells it. */
export function preparing<T>(statement: string, step: () => T): T {
  try {
    return step();
  } catch (thrown) {
    if (thrown instanceof ParseFailedException) {
      if (thrown.statement !== '') throw thrown;
      throw new ParseFailedException(thrown.rawMessage, statement, thrown.cause);
    }
    if (!(thrown instanceof MillraceError)) throw thrown;
    throw new ParseFailedException(`Failed to prepare statement: ${thrown.message}`, statement, thrown);
  }
}

/** Parses one expression, such as a default or a test's. */
export function parseExpression(text: string): Expression {
  return buildExpression(node(parseTree(text, 'singleExpression'), 'expression'));
}

/** Parses one type, such as `STRUCT<A INT>`. */
export function parseType(text: string): TypeNode {
  return buildType(node(parseTree(text, 'singleType'), 'type'));
}

/** Parses a list of columns as CREATE has it, without its parentheses. */
export function parseElements(text: string): readonly TableElement[] {
  return buildElementList(node(parseTree(`(${text})`, 'singleElements'), 'tableElements'));
}
