import { assert } from '@millrace/base';
import type { CstNode, IToken } from 'chevrotain';
import type { ArithmeticOperator, ComparisonOperator, Expression, WhenClause } from './ast.ts';
import { buildLiteral, timeUnitOf } from './build-literals.ts';
import { buildType } from './build-types.ts';
import {
  has,
  locationOf,
  locationOfToken,
  nameIn,
  node,
  nodes,
  onlyNode,
  optionalNode,
  token,
  tokens,
  tokensInOrder,
} from './cst.ts';
import { nameOf, stringOf } from './names.ts';
import { Asterisk, Minus, Name, Plus, StringValue, Word } from './tokens.ts';

/** An `expression` node. */
export function buildExpression(of: CstNode): Expression {
  return logical(nodes(of, 'conjunction').map(buildConjunction), 'OR');
}

function buildConjunction(of: CstNode): Expression {
  return logical(nodes(of, 'negation').map(buildNegation), 'AND');
}

function logical(operands: readonly Expression[], operator: 'AND' | 'OR'): Expression {
  return operands.reduce((left, right) => ({ kind: 'logical', operator, left, right, location: left.location }));
}

function buildNegation(of: CstNode): Expression {
  return tokens(of, Word.NOT).reduceRight<Expression>(
    (operand, not) => ({ kind: 'not', operand, location: locationOfToken(not) }),
    buildPredicated(node(of, 'predicated')),
  );
}

function buildPredicated(of: CstNode): Expression {
  const operand = buildValueExpression(node(of, 'valueExpression'));
  const comparison = optionalNode(of, 'comparison');
  if (comparison !== undefined) return buildComparison(operand, comparison);
  const nullOrDistinct = optionalNode(of, 'nullOrDistinct');
  if (nullOrDistinct !== undefined) return buildNullOrDistinct(operand, nullOrDistinct);
  const membership = optionalNode(of, 'membership');
  return membership === undefined ? operand : buildMembership(operand, membership);
}

function buildComparison(left: Expression, of: CstNode): Expression {
  const image = tokensInOrder(of)[0]!.image;
  const operator = (image === '!=' ? '<>' : image) as ComparisonOperator;
  const right = buildValueExpression(node(of, 'valueExpression'));
  return { kind: 'comparison', operator, left, right, location: left.location };
}

function buildNullOrDistinct(operand: Expression, of: CstNode): Expression {
  const negated = has(of, Word.NOT);
  const location = operand.location;
  if (has(of, Word.NULL)) return { kind: 'is-null', operand, negated, location };
  const operator = negated ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM';
  const right = buildValueExpression(node(of, 'valueExpression'));
  return { kind: 'comparison', operator, left: operand, right, location };
}

function buildMembership(operand: Expression, of: CstNode): Expression {
  const positive = buildPositiveMembership(operand, onlyNode(of));
  return has(of, Word.NOT) ? { kind: 'not', operand: positive, location: operand.location } : positive;
}

function buildPositiveMembership(operand: Expression, of: CstNode): Expression {
  const location = operand.location;
  switch (of.name) {
    case 'between': {
      const [low, high] = nodes(of, 'valueExpression').map(buildValueExpression) as [Expression, Expression];
      return { kind: 'between', operand, low, high, location };
    }
    case 'inList':
      return { kind: 'in', operand, candidates: nodes(of, 'expression').map(buildExpression), location };
    default: {
      const escaping = has(of, StringValue) ? stringOf(token(of, StringValue).image) : null;
      const pattern = buildValueExpression(node(of, 'valueExpression'));
      return { kind: 'like', operand, pattern, escape: escaping, location };
    }
  }
}

/** A `valueExpression` node: what binds tighter than comparisons. */
export function buildValueExpression(of: CstNode): Expression {
  return nodes(of, 'sum')
    .map(buildSum)
    .reduce((left, right) => ({ kind: 'concatenation', left, right, location: left.location }));
}

function buildSum(of: CstNode): Expression {
  return arithmetic(nodes(of, 'product').map(buildProduct), tokensInOrder(of));
}

function buildProduct(of: CstNode): Expression {
  return arithmetic(nodes(of, 'signed').map(buildSigned), tokensInOrder(of));
}

function arithmetic(operands: readonly Expression[], operators: readonly IToken[]): Expression {
  return operands.reduce((left, right, position) => ({
    kind: 'arithmetic',
    operator: operators[position - 1]!.image as ArithmeticOperator,
    left,
    right,
    location: left.location,
  }));
}

function buildSigned(of: CstNode): Expression {
  const signs = [...tokens(of, Plus), ...tokens(of, Minus)].sort((a, b) => a.startOffset - b.startOffset);
  const zoned = node(of, 'zoned');
  const number = signs.at(-1)?.image === '-' ? negatableLiteral(zoned) : undefined;
  const innermost =
    number === undefined
      ? buildZoned(zoned)
      : buildLiteral(number, { location: locationOfToken(signs.pop() as IToken) });
  return signs.reduceRight<Expression>(
    (operand, sign) => ({
      kind: 'arithmetic-unary',
      sign: sign.image as '+' | '-',
      operand,
      location: locationOfToken(sign),
    }),
    innermost,
  );
}

/** The number that `zoned` consists of, if it is nothing else: a minus before it is part of the literal. */
function negatableLiteral(zoned: CstNode): CstNode | undefined {
  const postfix = node(zoned, 'postfix');
  const bare = tokensInOrder(zoned).length === 0 && Object.keys(postfix.children).length === 1;
  const literal = bare ? optionalNode(node(postfix, 'primary'), 'literal') : undefined;
  return literal !== undefined && /^[\d.]/.test(tokensInOrder(literal)[0]!.image) ? literal : undefined;
}

function buildZoned(of: CstNode): Expression {
  return tokens(of, StringValue).reduce<Expression>(
    (operand, zone) => ({ kind: 'at-time-zone', operand, zone: stringOf(zone.image), location: operand.location }),
    buildPostfix(node(of, 'postfix')),
  );
}

function buildPostfix(of: CstNode): Expression {
  const primary = buildPrimary(node(of, 'primary'));
  const postfixes = [...nodes(of, 'subscript'), ...nodes(of, 'fieldAccess')];
  postfixes.sort((left, right) => (left.location?.startOffset ?? 0) - (right.location?.startOffset ?? 0));
  return postfixes.reduce<Expression>((base, postfix) => {
    const location = base.location;
    return postfix.name === 'subscript'
      ? { kind: 'subscript', base, index: buildValueExpression(node(postfix, 'valueExpression')), location }
      : { kind: 'field-access', base, field: nameIn(postfix), location };
  }, primary);
}

function buildPrimary(of: CstNode): Expression {
  const child = onlyNode(of);
  const location = locationOf(child);
  switch (child.name) {
    case 'literal':
      return buildLiteral(child);
    case 'caseExpression':
      return buildCase(child);
    case 'cast':
      return {
        kind: 'cast',
        operand: buildExpression(node(child, 'expression')),
        type: buildType(node(child, 'type')),
        location,
      };
    case 'arrayConstructor':
      return { kind: 'array', elements: nodes(child, 'expression').map(buildExpression), location };
    case 'mapConstructor': {
      const parts = nodes(child, 'expression').map(buildExpression);
      const entries = parts.flatMap((key, index) => (index % 2 === 0 ? [{ key, value: parts[index + 1]! }] : []));
      return { kind: 'map', entries, location };
    }
    case 'structConstructor': {
      const values = nodes(child, 'expression').map(buildExpression);
      const fields = values.map((value, index) => ({ name: nameIn(child, index), value }));
      return { kind: 'struct', fields, location };
    }
    case 'functionCall':
      return buildFunctionCall(child);
    case 'typedLiteral': {
      const value = stringOf(token(child, StringValue).image);
      return { kind: 'typed-literal', type: nameIn(child), value, location };
    }
    case 'columnReference': {
      const qualified = nodes(child, 'identifier').length > 1;
      const source = qualified ? nameIn(child) : null;
      return { kind: 'column', source, name: nameIn(child, qualified ? 1 : 0), location };
    }
    default:
      assert(child.name === 'parenthesized', `a primary expression is a ${child.name}`);
      return buildExpression(node(child, 'expression'));
  }
}

function buildCase(of: CstNode): Expression {
  const location = locationOf(of);
  const whens: readonly WhenClause[] = nodes(of, 'whenClause').map((when) => ({
    condition: buildExpression(node(when, 'expression')),
    result: buildExpression(node(when, 'expression', 1)),
    location: locationOf(when),
  }));
  const elseNode = optionalNode(of, 'expression');
  const otherwise = elseNode === undefined ? null : buildExpression(elseNode);
  const operand = optionalNode(of, 'valueExpression');
  return operand === undefined
    ? { kind: 'searched-case', whens, otherwise, location }
    : { kind: 'simple-case', operand: buildValueExpression(operand), whens, otherwise, location };
}

function buildFunctionCall(of: CstNode): Expression {
  const location = locationOf(of);
  const name = nameIn(of);
  if (has(of, Asterisk)) {
    const star = { kind: 'star-argument', location: locationOfToken(token(of, Asterisk)) } as const;
    return { kind: 'function-call', name, args: [star], location };
  }
  return { kind: 'function-call', name, args: nodes(of, 'functionArgument').map(buildArgument), location };
}

function buildArgument(of: CstNode): Expression {
  const child = onlyNode(of);
  const location = locationOf(child);
  switch (child.name) {
    case 'intervalUnit':
      return { kind: 'interval-unit', unit: timeUnitOf(tokensInOrder(child)[0]!.image), location };
    case 'lambda': {
      const parameters = nodes(child, 'identifier').map((parameter) => nameOf(token(parameter, Name).image));
      return { kind: 'lambda', parameters, body: buildExpression(node(child, 'expression')), location };
    }
    default:
      return buildExpression(child);
  }
}
