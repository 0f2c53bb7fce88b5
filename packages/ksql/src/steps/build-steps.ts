import { assert, unreachable } from '@millrace/base';
import { joinedName } from '../analysis/aliases.ts';
import { durationMs } from '../analysis/duration.ts';
import { SCHEMA_ID } from '../analysis/format-info.ts';
import { canHold, checkFormat, keyFeatures } from '../analysis/format-rules.ts';
import type { FormatInfo } from '../catalog/data-source.ts';
import { formatNamed } from '../formats/formats.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { type AggregatedSchemas, aggregatedSchema } from '../plan/aggregate-schema.ts';
import { columnNamed } from '../plan/expand-select.ts';
import {
  type AggregateNode,
  type JoinNode,
  type LogicalPlan,
  leftmostSource,
  type NamedExpression,
  type PlanNode,
  type PlanSink,
  type PrefixNode,
  type ProjectNode,
  type RekeyNode,
  type SourceNode,
  sourcesOf,
} from '../plan/logical-plan.ts';
import type { PlannerContext } from '../plan/planner-context.ts';
import type { WindowClause } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import type { LogicalSchema } from '../types/schema.ts';
import { schemaText } from './schema-text.ts';
import type { AggregateStep, FilterStep, GroupByStep, SelectStep, Step, StepFormats, StepSelect } from './steps.ts';

/** Turns a logical plan into steps: formats are settled, contexts named. */
export function buildSteps({ root, sink }: LogicalPlan, context: PlannerContext): Step {
  const step = new StepBuilder(context).build(root);
  return sink === null ? step : sinkStep(step, root, sink);
}

function sinkStep(input: Step, root: PlanNode, sink: PlanSink): Step {
  const { keyFormat, valueFormat } = sink;
  checkFormat('Key', keyFormat, root.schema.key);
  checkFormat('Value', valueFormat, root.schema.value);
  return {
    kind: root.output === 'STREAM' ? 'stream-sink' : 'table-sink',
    version: 1,
    context: sink.name,
    schema: schemaText(root.schema),
    input,
    topic: sink.topic,
    formats: formatsOf(keyFormat, valueFormat),
    window: keyFormat.window,
    timestamp: sink.timestampColumn,
  };
}

function formatsOf(key: StepFormats['key'], value: StepFormats['value']): StepFormats {
  const bare = ({ format, properties, features }: StepFormats['key']) => ({ format, properties, features });
  return { key: bare(key), value: bare(value) };
}

class StepBuilder {
  readonly #context: PlannerContext;

  constructor(context: PlannerContext) {
    this.#context = context;
  }

  build(node: PlanNode): Step {
    switch (node.kind) {
      case 'source':
        return this.#source(node);
      case 'filter':
        return {
          kind: node.output === 'STREAM' ? 'stream-filter' : 'table-filter',
          ...named(node.id, node.schema),
          input: this.build(node.input),
          predicate: printExpression(node.predicate),
          clause: node.clause,
        };
      case 'rekey':
        return this.#rekey(node);
      case 'prefix':
        return this.#prefix(node);
      case 'join':
        return this.#join(node);
      case 'flat-map':
        return {
          kind: 'stream-flat-map',
          ...named(node.id, node.schema),
          input: this.build(node.input),
          calls: node.calls.map(({ name, call }) => ({ name, expression: printExpression(call) })),
        };
      case 'aggregate':
        return this.#aggregate(node);
      case 'project':
        return {
          kind: node.output === 'STREAM' ? 'stream-select' : 'table-select',
          ...named(node.id, node.schema),
          input: this.build(node.input),
          select: selectText(node.select),
          ...keySelection(node),
        };
      default:
        return unreachable(node);
    }
  }

  #source({ id, source, schema }: SourceNode): Step {
    return {
      kind: source.kind === 'STREAM' ? 'stream-source' : 'table-source',
      ...named(id, schema),
      topic: source.topic,
      formats: formatsOf(source.keyFormat, source.valueFormat),
      window: source.keyFormat.window,
      timestamp: source.timestampColumn,
      sourceSchema: schemaText(source.schema),
    };
  }

  #rekey(node: RekeyNode): Step {
    return {
      kind: node.output === 'STREAM' ? 'stream-select-key' : 'table-select-key',
      ...named(node.reason === 'join' ? `${node.id}-SelectKey` : node.id, node.schema),
      input: this.build(node.input),
      expressions: node.expressions.filter(({ kind }) => kind !== 'null').map((each) => printExpression(each)),
      formats: node.reason === 'join' ? this.#internalFormats(node, node.schema) : null,
    };
  }

  #prefix(node: PrefixNode): SelectStep {
    const kept = new Set(node.schema.value.map(({ name }) => name));
    const select = node.input.schema.value
      .map(({ name }) => ({ name: joinedName(node.alias, name), expression: columnNamed(name) }))
      .filter(({ name }) => kept.has(name));
    return {
      kind: node.output === 'STREAM' ? 'stream-select' : 'table-select',
      ...named(node.id, node.schema),
      input: this.build(node.input),
      select: selectText(select),
    };
  }

  #join(node: JoinNode): Step {
    const common = {
      ...named(node.id, node.schema),
      join: node.join,
      left: this.build(node.left),
      right: this.build(node.right),
    };
    if (node.foreignKey !== null) {
      const foreignKey = printExpression(node.foreignKey);
      const formats = this.#internalFormats(node.left, node.left.schema);
      return { kind: 'foreign-key-join', ...common, foreignKey, formats };
    }
    const { keyName } = node;
    if (node.left.output === 'TABLE') return { kind: 'table-table-join', ...common, keyName };
    if (node.right.output === 'TABLE') {
      const formats = this.#internalFormats(node.left, node.left.schema, node);
      return { kind: 'stream-table-join', ...common, keyName, formats };
    }
    assert(node.within !== null, 'streams join within a window');
    const { before, after, grace } = node.within;
    return {
      kind: 'stream-stream-join',
      ...common,
      keyName,
      beforeMs: durationMs(before),
      afterMs: durationMs(after),
      graceMs: grace === null ? null : durationMs(grace),
      leftFormats: this.#internalFormats(node.left, node.left.schema, node),
      rightFormats: this.#internalFormats(node.right, node.right.schema, node),
    };
  }

  #aggregate(node: AggregateNode): Step {
    if (node.input.windowed && keepsKey(node)) {
      throw new KsqlException('Group by on windowed should always require rekey');
    }
    const schemas = aggregatedSchema(node, this.#context);
    const input = this.build(node.input);
    const isTable = node.input.output === 'TABLE';
    const prepared: SelectStep = {
      kind: isTable ? 'table-select' : 'stream-select',
      ...named('Aggregate-Prepare', schemas.prepared),
      input,
      select: selectText(node.prepared),
    };
    const grouped: GroupByStep = {
      kind: isTable ? 'table-group-by' : keepsKey(node) ? 'stream-group-by-key' : 'stream-group-by',
      ...named('Aggregate-GroupBy', schemas.grouped),
      input: prepared,
      expressions: node.groupBy.map(({ expression }) => printExpression(expression)),
      formats: this.#internalFormats(node.input, schemas.grouped),
    };
    const aggregated = this.#aggregation(node, grouped, schemas);
    const filtered: Step =
      node.having === null ? aggregated : this.#having(printExpression(node.having), aggregated, schemas);
    return {
      kind: 'table-select',
      ...named('Aggregate-Project', node.schema),
      input: filtered,
      select: selectText(node.select),
    };
  }

  #aggregation(node: AggregateNode, input: GroupByStep, schemas: AggregatedSchemas): AggregateStep {
    const isTable = node.input.output === 'TABLE';
    const formats = this.#internalFormats(node.input, schemas.state);
    return {
      kind: isTable ? 'table-aggregate' : node.window === null ? 'stream-aggregate' : 'stream-windowed-aggregate',
      ...named('Aggregate-Aggregate', schemas.aggregated),
      input,
      ...keptColumns(node, formats),
      calls: node.calls.map((call) => printExpression(call)),
      formats,
      window: node.window === null ? null : windowOf(node.window),
      emitFinal: node.emitFinal,
    };
  }

  #having(predicate: string, input: AggregateStep, schemas: AggregatedSchemas): FilterStep {
    return {
      kind: 'table-filter',
      ...named('Aggregate-HavingFilter', schemas.aggregated),
      input,
      predicate,
      clause: 'HAVING',
    };
  }

  /** Topics in between are written as the left-most source is, with features that fit their own columns. */
  #internalFormats(node: PlanNode, schema: LogicalSchema, join: PlanNode = node): StepFormats {
    const key = internalKeyFormat(join, schema);
    const { source } = leftmostSource(node);
    return formatsOf(
      { ...withoutSchemaId(key), features: keyFeatures(schema.key, key.format) },
      { ...withoutSchemaId(source.valueFormat), features: [] },
    );
  }
}

/** What the key of a group says need not stand in its row too, unless that leaves a bare value: null would delete it. */
function keptColumns(node: AggregateNode, { value }: StepFormats): Pick<AggregateStep, 'kept' | 'keptInKey'> {
  const kept = node.prepared.slice(0, node.keptCount).map(({ name }) => name);
  const keys = new Map(
    node.groupBy.flatMap(({ expression }, place) => (expression.kind === 'column' ? [[expression.name, place]] : [])),
  );
  const inKey = kept.filter((name) => keys.has(name));
  const isBare =
    kept.length - inKey.length + node.calls.length === 1 && !formatNamed(value.format).features.has('WRAP_SINGLES');
  if (inKey.length === 0 || isBare) return { kept };
  return { kept, keptInKey: Object.fromEntries(inKey.map((name) => [name, keys.get(name)!])) };
}

/** The format of keys inside a query: a join's, or that of the source; JSON where it can't hold the new ones. */
function internalKeyFormat(node: PlanNode, { key }: LogicalSchema): FormatInfo {
  const joined = joinedKeyFormat(node);
  const formats = sourcesOf(node).map(({ source }) => source.keyFormat);
  const first = joined ?? formats.find(({ format }) => format !== 'NONE') ?? { format: 'KAFKA', properties: {} };
  return canHold(first.format, key) ? first : { format: 'JSON', properties: {} };
}

/** The schema that a statement names is that of its source or sink; what is in between has other columns. */
function withoutSchemaId({ format, properties }: FormatInfo): FormatInfo {
  const { [SCHEMA_ID]: _, ...others } = properties;
  return { format, properties: others };
}

function joinedKeyFormat(node: PlanNode): FormatInfo | null {
  if (node.kind === 'source') return null;
  if (node.kind === 'join' || node.kind === 'rekey') return node.keyFormat;
  return joinedKeyFormat(node.input);
}

function named(context: string, schema: LogicalSchema): { version: 1; context: string; schema: string } {
  return { version: 1, context, schema: schemaText(schema) };
}

function selectText(select: readonly NamedExpression[]): readonly StepSelect[] {
  return select.map(({ name, expression }) => ({ name, expression: printExpression(expression) }));
}

function keySelection({ keys, input }: ProjectNode): { readonly keys?: readonly number[] } {
  const positions = keys.map(({ position }) => position);
  const isWhole = positions.length === input.schema.key.length && positions.every((each, index) => each === index);
  return isWhole ? {} : { keys: positions };
}

/** Grouping by the key as it is needs no other partitions. */
function keepsKey({ groupBy, input }: AggregateNode): boolean {
  const { key } = input.schema;
  return (
    groupBy.length === key.length &&
    groupBy.every(({ expression }, position) => expression.kind === 'column' && expression.name === key[position]!.name)
  );
}

function windowOf(window: WindowClause): AggregateStep['window'] {
  const limits = {
    graceMs: window.grace === null ? null : durationMs(window.grace),
    retentionMs: window.retention === null ? null : durationMs(window.retention),
  };
  switch (window.kind) {
    case 'tumbling':
      return { type: 'TUMBLING', sizeMs: durationMs(window.size), advanceMs: durationMs(window.size), ...limits };
    case 'hopping':
      return { type: 'HOPPING', sizeMs: durationMs(window.size), advanceMs: durationMs(window.advance), ...limits };
    case 'session':
      return { type: 'SESSION', gapMs: durationMs(window.gap), ...limits };
    default:
      return unreachable(window);
  }
}
