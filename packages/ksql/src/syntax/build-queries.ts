import type { CstNode, TokenType } from 'chevrotain';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { AliasedSource, ByClause, JoinClause, JoinWindow, Query, SelectItem, WindowClause } from './ast.ts';
import { buildExpression, buildValueExpression } from './build-expressions.ts';
import { buildDuration, buildWholeNumber } from './build-literals.ts';
import { has, locationOf, nameIn, node, nodes, onlyNode, optionalNode, tokensInOrder } from './cst.ts';
import { Word } from './tokens.ts';

/** A `query` node. */
export function buildQuery(of: CstNode): Query {
  const emit = optionalNode(of, 'emitClause');
  const limit = optionalNode(of, 'limitClause');
  const window = optionalNode(of, 'windowClause');
  const condition = (clause: string) => {
    const found = optionalNode(of, clause);
    return found === undefined ? null : buildExpression(node(found, 'expression'));
  };
  return {
    kind: 'query',
    select: nodes(of, 'selectItem').map(buildSelectItem),
    from: buildRelation(node(of, 'relation')),
    window: window === undefined ? null : buildWindow(window),
    where: condition('whereClause'),
    groupBy: buildBy(optionalNode(of, 'groupByClause')),
    partitionBy: buildBy(optionalNode(of, 'partitionByClause')),
    having: condition('havingClause'),
    emit: emit === undefined ? null : has(emit, Word.FINAL) ? 'FINAL' : 'CHANGES',
    limit: limit === undefined ? null : buildLimit(limit),
    location: locationOf(of),
  };
}

function buildLimit(of: CstNode): number {
  const text = tokensInOrder(node(of, 'number'))
    .map((token) => token.image)
    .join('');
  if (!/^-?\d+$/.test(text)) throw new KsqlException('Value must be integer for command: LIMIT');
  return buildWholeNumber(node(of, 'number'));
}

function buildSelectItem(of: CstNode): SelectItem {
  const location = locationOf(of);
  const all = optionalNode(of, 'selectAllOf');
  if (all !== undefined) return { kind: 'select-all', source: nameIn(all), location };
  const item = optionalNode(of, 'selectExpression');
  if (item === undefined) return { kind: 'select-all', source: null, location };
  const expression = buildExpression(node(item, 'expression'));
  if (optionalNode(item, 'allFields') !== undefined) return { kind: 'select-struct-all', base: expression, location };
  const alias = optionalNode(item, 'alias');
  return { kind: 'select-expression', expression, alias: alias === undefined ? null : nameIn(alias), location };
}

function buildRelation(of: CstNode): Query['from'] {
  return { first: buildAliasedSource(node(of, 'aliasedSource')), joins: nodes(of, 'join').map(buildJoin) };
}

function buildAliasedSource(of: CstNode): AliasedSource {
  const alias = optionalNode(of, 'alias');
  return { source: nameIn(of), alias: alias === undefined ? null : nameIn(alias), location: locationOf(of) };
}

function buildJoin(of: CstNode): JoinClause {
  const kinds: readonly (readonly [TokenType, JoinClause['join']])[] = [
    [Word.LEFT, 'LEFT'],
    [Word.RIGHT, 'RIGHT'],
    [Word.FULL, 'FULL'],
  ];
  const within = optionalNode(of, 'within');
  return {
    join: kinds.find(([word]) => has(of, word))?.[1] ?? 'INNER',
    right: buildAliasedSource(node(of, 'aliasedSource')),
    within: within === undefined ? null : buildWithin(within),
    on: buildExpression(node(of, 'expression')),
    location: locationOf(of),
  };
}

function buildWithin(of: CstNode): JoinWindow {
  const [before, after = before] = nodes(of, 'duration').map(buildDuration);
  return { before: before!, after: after!, grace: buildGrace(of) };
}

function buildGrace(of: CstNode): JoinWindow['grace'] {
  const grace = optionalNode(of, 'gracePeriod');
  return grace === undefined ? null : buildDuration(node(grace, 'duration'));
}

function buildWindow(of: CstNode): WindowClause {
  const window = onlyNode(of);
  const limitsNode = node(window, 'windowLimits');
  const retention = optionalNode(limitsNode, 'duration');
  const location = locationOf(of);
  const limits = {
    retention: retention === undefined ? null : buildDuration(retention),
    grace: buildGrace(limitsNode),
    location,
  };
  const [first, second] = nodes(window, 'duration').map(buildDuration);
  switch (window.name) {
    case 'tumblingWindow':
      return { kind: 'tumbling', size: first!, ...limits };
    case 'hoppingWindow':
      return { kind: 'hopping', size: first!, advance: second!, ...limits };
    default:
      return { kind: 'session', gap: first!, ...limits };
  }
}

function buildBy(clause: CstNode | undefined): ByClause | null {
  if (clause === undefined) return null;
  const by = node(clause, 'byExpressions');
  const list = optionalNode(by, 'valueList') ?? by;
  return { expressions: nodes(list, 'valueExpression').map(buildValueExpression), location: locationOf(clause) };
}
