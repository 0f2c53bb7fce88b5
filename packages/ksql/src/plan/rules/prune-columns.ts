import { unreachable } from '@millrace/base';
import { joinedName } from '../../analysis/aliases.ts';
import { columnsIn } from '../../analysis/rewrite-expression.ts';
import { formatNamed } from '../../formats/formats.ts';
import type { Expression } from '../../syntax/ast.ts';
import { type LogicalSchema, SchemaBuilder } from '../../types/schema.ts';
import {
  type FilterNode,
  type FlatMapNode,
  type JoinNode,
  leftmostSource,
  type NamedExpression,
  type PlanNode,
  type PrefixNode,
  type RekeyNode,
} from '../logical-plan.ts';
import type { Rule } from './rule.ts';

/**
 * Joins keep rows in stores and send them through topics: only the columns that somebody reads behind them. (In ksqlDB
 * they have all of them, and pseudo columns and keys besides.) Running queries are not touched: their plans stay as they
 * were made, and none with a join is replaced in place (`steps/upgrade.ts`).
 */
export const pruneColumns: Rule = (plan) => ({ ...plan, root: prune(plan.root, new Set()) });

/** Names of columns of the value. */
type Names = ReadonlySet<string>;

/** The node with those columns of joined sources that are in `read` or that it reads itself. */
function prune(node: PlanNode, read: Names): PlanNode {
  switch (node.kind) {
    case 'source':
      return node;
    case 'filter':
      return overInput(node, prune(node.input, namesIn([node.predicate], read)));
    case 'flat-map': {
      const calls = node.calls.map(({ call }) => call);
      return overInput(node, prune(node.input, namesIn(calls, read)));
    }
    case 'project':
      return { ...node, input: prune(node.input, namesIn(expressionsOf(node.select))) };
    case 'aggregate': {
      const expressions = expressionsOf([...node.groupBy, ...node.prepared]);
      return { ...node, input: prune(node.input, namesIn(expressions)) };
    }
    case 'rekey':
      return pruneRekeyed(node, read);
    case 'prefix':
      return canLoseColumns(node) ? prunePrefixed(node, read) : node;
    case 'join':
      return pruneJoined(node, node.foreignKey === null ? read : namesIn([node.foreignKey], read));
    default:
      return unreachable(node);
  }
}

/** What a join needs under another key goes through a topic, with no more than is read behind it. */
function pruneRekeyed(node: RekeyNode, read: Names): RekeyNode {
  const rekeyed = overInput(node, prune(node.input, namesIn(node.expressions, read)));
  if (node.reason !== 'join' || !canLoseColumns(node)) return rekeyed;
  const kept = readOf(rekeyed.schema, (name) => read.has(name));
  return { ...rekeyed, schema: withValues(rekeyed.schema, (name) => kept.has(name)) };
}

function prunePrefixed(node: PrefixNode, read: Names): PrefixNode {
  const { alias, input } = node;
  const kept = readOf(input.schema, (name) => read.has(joinedName(alias, name)));
  const prefixed = new Set([...kept].map((name) => joinedName(alias, name)));
  return { ...node, input: prune(input, kept), schema: withValues(node.schema, (name) => prefixed.has(name)) };
}

/** The columns that are read; the key where none is, as not every format can tell a row of no columns from none. */
function readOf({ key, value }: LogicalSchema, isRead: (name: string) => boolean): Names {
  const read = value.map(({ name }) => name).filter(isRead);
  return new Set(read.length > 0 ? read : [key[0]!.name]);
}

function pruneJoined(node: JoinNode, read: Names): JoinNode {
  const [left, right] = [prune(node.left, read), prune(node.right, read)];
  return { ...node, left, right, schema: narrowed(node.schema, [node.left, node.right], [left, right]) };
}

function overInput<N extends FilterNode | FlatMapNode | RekeyNode>(node: N, input: PlanNode): N {
  return { ...node, input, schema: narrowed(node.schema, [node.input], [input]) };
}

/** What the inputs have lost is missing behind them. */
function narrowed(schema: LogicalSchema, before: readonly PlanNode[], after: readonly PlanNode[]): LogicalSchema {
  const left = new Set(after.flatMap(valueNames));
  const lost = new Set(before.flatMap(valueNames).filter((name) => !left.has(name)));
  return withValues(schema, (name) => !lost.has(name));
}

function withValues(schema: LogicalSchema, isKept: (name: string) => boolean): LogicalSchema {
  const values = schema.value.filter(({ name }) => isKept(name));
  return new SchemaBuilder().keys(schema.key).values(values).build();
}

/** Formats that write columns by their position, or one column bare, have ksqlDB's rows or its errors. */
function canLoseColumns(node: PlanNode): boolean {
  const { source } = leftmostSource(node);
  return formatNamed(source.valueFormat.format).features.has('WRAP_SINGLES');
}

function namesIn(expressions: readonly Expression[], others: Names = new Set()): Names {
  return new Set([...others, ...expressions.flatMap((each) => columnsIn(each).map(({ name }) => name))]);
}

const expressionsOf = (items: readonly NamedExpression[]): readonly Expression[] =>
  items.map(({ expression }) => expression);

const valueNames = ({ schema }: PlanNode): readonly string[] => schema.value.map(({ name }) => name);
