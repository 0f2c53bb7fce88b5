import { assert } from '@millrace/base';
import type { CstNode, IToken, TokenType } from 'chevrotain';
import type { SourceLocation } from './ast.ts';
import { nameOf } from './names.ts';
import { Name } from './tokens.ts';

/** Reading a concrete syntax tree: children by rule name or by token. */

export function optionalNode(parent: CstNode, rule: string): CstNode | undefined {
  return parent.children[rule]?.[0] as CstNode | undefined;
}

export function nodes(parent: CstNode, rule: string): readonly CstNode[] {
  return (parent.children[rule] ?? []) as CstNode[];
}

export function node(parent: CstNode, rule: string, position = 0): CstNode {
  const found = parent.children[rule]?.[position];
  assert(found !== undefined && 'children' in found, `${parent.name} has no ${rule}`);
  return found;
}

export function tokens(parent: CstNode, type: TokenType): readonly IToken[] {
  return (parent.children[type.name] ?? []) as IToken[];
}

export function token(parent: CstNode, type: TokenType, position = 0): IToken {
  const found = tokens(parent, type)[position];
  assert(found !== undefined, `${parent.name} has no ${type.name}`);
  return found;
}

export function has(parent: CstNode, type: TokenType): boolean {
  return parent.children[type.name] !== undefined;
}

/** The only child, whatever its rule. */
export function onlyNode(parent: CstNode): CstNode {
  for (const children of Object.values(parent.children)) {
    const first = children?.[0];
    if (first !== undefined && 'children' in first) return first;
  }
  assert(false, `${parent.name} has no children`);
}

/** All tokens among the direct children, in the order of the text. */
export function tokensInOrder(parent: CstNode): readonly IToken[] {
  const own = Object.values(parent.children).flatMap((children) => (children ?? []).filter((each) => 'image' in each));
  return (own as IToken[]).sort((left, right) => left.startOffset - right.startOffset);
}

/** The folded name below an `identifier` node. */
export function nameIn(parent: CstNode, position = 0): string {
  const identifier = node(parent, 'identifier', position);
  return nameOf(token(identifier, Name).image);
}

export function locationOf(of: CstNode): SourceLocation {
  return { line: of.location?.startLine ?? 1, column: of.location?.startColumn ?? 1 };
}

export function locationOfToken(of: IToken): SourceLocation {
  return { line: of.startLine ?? 1, column: of.startColumn ?? 1 };
}
