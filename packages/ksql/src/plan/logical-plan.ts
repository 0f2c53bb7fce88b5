import type { DataSource, FormatInfo, KeyFormat, TimestampColumn, ValueFormat } from '../catalog/data-source.ts';
import type { Expression, FunctionCall, JoinKind, JoinWindow, SourceKind, WindowClause } from '../syntax/ast.ts';
import type { LogicalSchema } from '../types/schema.ts';

/**
 * What a query does, as a tree of plain data. Columns stand without their source from here on: in joins the source has
 * become part of the name. Rules (see `rules/`) rewrite the tree; `steps/` turns it into what runs.
 */

/** An expression with the name of the column it makes. */
export type NamedExpression = { readonly name: string; readonly expression: Expression };

type Node = {
  /** ksqlDB's name of the node; stores and topics are named after it. */
  readonly id: string;
  readonly output: SourceKind;
  /** Rows as the next node sees them: the value holds the key columns and system columns as well, until projected. */
  readonly schema: LogicalSchema;
  readonly windowed: boolean;
};

export type SourceNode = Node & { readonly kind: 'source'; readonly alias: string; readonly source: DataSource };

export type FilterNode = Node & {
  readonly kind: 'filter';
  readonly input: PlanNode;
  readonly predicate: Expression;
  readonly clause: 'WHERE' | 'HAVING';
};

/** A new key: for PARTITION BY, or so that a join finds both sides under one key. */
export type RekeyNode = Node & {
  readonly kind: 'rekey';
  readonly input: PlanNode;
  readonly expressions: readonly Expression[];
  readonly reason: 'partition-by' | 'join';
  /** What a join writes its keys in; null until rules have settled it, and for PARTITION BY. */
  readonly keyFormat: FormatInfo | null;
};

/** Puts the alias of a joined source in front of its columns, and keeps those that are in its schema. */
export type PrefixNode = Node & { readonly kind: 'prefix'; readonly input: PlanNode; readonly alias: string };

export type JoinNode = Node & {
  readonly kind: 'join';
  readonly join: JoinKind;
  readonly left: PlanNode;
  readonly right: PlanNode;
  /** The name of the key column of the result. */
  readonly keyName: string;
  /** Over the left side's columns, where the right side's key is not the left side's. */
  readonly foreignKey: Expression | null;
  readonly within: JoinWindow | null;
  /** Null until rules have settled it. */
  readonly keyFormat: FormatInfo | null;
};

/** Calls table functions: one row for each of their values, which stand in new columns. */
export type FlatMapNode = Node & {
  readonly kind: 'flat-map';
  readonly input: PlanNode;
  readonly calls: readonly { readonly name: string; readonly call: FunctionCall }[];
};

/** GROUP BY with all that belongs to it, HAVING and projection included. */
export type AggregateNode = Node & {
  readonly kind: 'aggregate';
  readonly input: PlanNode;
  readonly groupBy: readonly NamedExpression[];
  /** Columns of the input that are kept beside the aggregates, and arguments of aggregates, under internal names. */
  readonly prepared: readonly NamedExpression[];
  /** The first so many of `prepared` are columns that are kept. */
  readonly keptCount: number;
  /** Over `prepared`; the results are `KSQL_AGG_VARIABLE_0` and so on. */
  readonly calls: readonly FunctionCall[];
  readonly window: WindowClause | null;
  /** Over kept columns and results, as is the projection. */
  readonly having: Expression | null;
  readonly select: readonly NamedExpression[];
  /** One result for each window, when it closes. */
  readonly emitFinal: boolean;
};

export type ProjectNode = Node & {
  readonly kind: 'project';
  readonly input: PlanNode;
  /** Values only. */
  readonly select: readonly NamedExpression[];
  /** The columns of the key by their position in the input's, with their new names. */
  readonly keys: readonly { readonly position: number; readonly name: string }[];
};

export type PlanNode =
  | SourceNode
  | FilterNode
  | RekeyNode
  | PrefixNode
  | JoinNode
  | FlatMapNode
  | AggregateNode
  | ProjectNode;

/** Where the results go. */
export type PlanSink = {
  readonly name: string;
  readonly topic: string;
  readonly keyFormat: KeyFormat;
  readonly valueFormat: ValueFormat;
  readonly timestampColumn: TimestampColumn | null;
  /** Whether the statement makes the source (not so for INSERT INTO). */
  readonly create: boolean;
};

export type LogicalPlan = {
  readonly root: PlanNode;
  /** Null for a query whose rows go to whoever asked. */
  readonly sink: PlanSink | null;
};

/** The nodes that feed this one. */
export function inputsOf(node: PlanNode): readonly PlanNode[] {
  switch (node.kind) {
    case 'source':
      return [];
    case 'join':
      return [node.left, node.right];
    default:
      return [node.input];
  }
}

/** All sources below a node, from left to right. */
export function sourcesOf(node: PlanNode): readonly SourceNode[] {
  return node.kind === 'source' ? [node] : inputsOf(node).flatMap(sourcesOf);
}

/** The source that formats are inherited from. */
export function leftmostSource(node: PlanNode): SourceNode {
  return sourcesOf(node)[0]!;
}
