import type { LogicalNode, NodeId } from '../../graph/nodes.ts';
import type { Circumstances } from './law.ts';
import type { TopologyModel } from './model.ts';

/** What of a node's records is fixed when only the order inside the partitions of the sources is. */
export type Ordering =
  /** All of it: what a task gets here comes from one partition. */
  | { readonly kind: 'fixed' }
  /** The records, but not their order. */
  | { readonly kind: 'mixed' }
  /** What a table ends with, but not the way there. */
  | { readonly kind: 'settles' }
  | { readonly kind: 'unsafe'; readonly reason: string };

const FIXED: Ordering = { kind: 'fixed' };
const MIXED: Ordering = { kind: 'mixed' };
const SETTLES: Ordering = { kind: 'settles' };

function unsafe(reason: string): Ordering {
  return { kind: 'unsafe', reason };
}

/** For each table with a store. */
export function orderings(circumstances: Circumstances): { readonly store: string; readonly ordering: Ordering }[] {
  const { model } = circumstances;
  const known = new Map<NodeId, Ordering>();
  for (const node of model.nodes) known.set(node.id, orderingOf(circumstances, node, known));
  return model.nodes.flatMap((node) => {
    const spec = model.storeOf(node.operation);
    return spec === null || node.operation.kind === 'suppress'
      ? []
      : [{ store: spec.name, ordering: known.get(node.id)! }];
  });
}

function orderingOf(circumstances: Circumstances, node: LogicalNode, known: ReadonlyMap<NodeId, Ordering>): Ordering {
  const { model } = circumstances;
  const { operation, inputs } = node;
  const above = inputs.map(({ from }) => known.get(from) ?? FIXED);
  const broken = above.find(({ kind }) => kind === 'unsafe');
  if (broken !== undefined) return broken;
  const [first = FIXED] = above;
  if (model.storeOf(operation)?.kind === 'versioned') return unsafe('it keeps a history, which goes by time');
  switch (operation.kind) {
    case 'source':
      return isWrittenHere(model, operation.topics)
        ? unsafe('it reads a topic that the topology writes')
        : ofTopics(operation.topics);
    case 'table-source':
      return isWrittenHere(model, [operation.topic]) ? unsafe('it reads a topic that the topology writes') : FIXED;
    case 'map-values':
    case 'peek':
    case 'foreach':
    case 'sink':
    case 'table-to-stream':
    case 'table-filter':
    case 'table-map-values':
    case 'table-group':
      return first;
    case 'filter':
    case 'map':
    case 'select-key':
    case 'flat-map':
    case 'flat-map-values':
    case 'split':
    case 'branch':
      return first.kind === 'settles' ? unsafe('it depends on changes on the way of a table') : first;
    case 'merge':
    case 'repartition':
      return mixedUnlessSettling(node, above);
    case 'to-table':
      return first.kind === 'mixed' ? unsafe('the last record of a key wins, and which is last is open') : first;
    case 'stream-aggregate':
    case 'cogroup':
      return ofAggregate(circumstances, node, above);
    case 'table-aggregate':
      return ofTableAggregate(circumstances, node);
    case 'table-join':
    case 'foreign-key-join':
      return ofTableJoin(model, node);
    default:
      return unsafe(
        `what ${'name' in operation ? operation.name : operation.kind} gives depends on the order of arrival`,
      );
  }
}

function ofTopics(topics: readonly string[] | RegExp): Ordering {
  return topics instanceof RegExp || topics.length > 1 ? MIXED : FIXED;
}

function isWrittenHere(model: TopologyModel, topics: readonly string[] | RegExp): boolean {
  const sinks = model.nodesOf('sink').map(({ operation }) => operation.topic);
  return sinks.some((topic) => typeof topic !== 'string' || topics instanceof RegExp || topics.includes(topic));
}

/** Changes of a table keep the order of each key through a topic; records of several partitions do not. */
function mixedUnlessSettling(node: LogicalNode, above: readonly Ordering[]): Ordering {
  const isOfTable = node.operation.kind === 'repartition' && node.operation.repartition.kind === 'change';
  if (isOfTable) return above[0]!;
  if (above.some(({ kind }) => kind === 'settles')) return unsafe('it depends on changes on the way of a table');
  return MIXED;
}

function ofAggregate({ facts, isRequired }: Circumstances, node: LogicalNode, above: readonly Ordering[]): Ordering {
  const { operation } = node;
  if (operation.kind !== 'stream-aggregate' && operation.kind !== 'cogroup') return FIXED;
  if (above.some(({ kind }) => kind === 'settles')) return unsafe('it aggregates changes on the way of a table');
  if (above.length === 1 && above[0]!.kind === 'fixed') return FIXED;
  if (operation.grouping.kind !== 'key')
    return unsafe('which records are too late depends on the order of arrival (grace)');
  if (isRequired || facts.isOrderInsensitive(node.id)) return SETTLES;
  return unsafe('its aggregator depends on the order of records, which is open across a repartition or a merge');
}

function ofTableAggregate({ facts, isRequired, model }: Circumstances, node: LogicalNode): Ordering {
  if (model.lineage(node.id).some(({ operation }) => isTimed(model, operation))) {
    return unsafe('a table above it gives up rows in time');
  }
  if (isRequired || facts.isOrderInsensitive(node.id)) return SETTLES;
  return unsafe('its adder depends on the order of rows, which is open across a repartition');
}

function ofTableJoin(model: TopologyModel, node: LogicalNode): Ordering {
  if (model.lineage(node.id).some(({ operation }) => isTimed(model, operation))) {
    return unsafe('it joins rows that are given up in time');
  }
  return SETTLES;
}

function isTimed(model: TopologyModel, operation: LogicalNode['operation']): boolean {
  const kind = model.storeOf(operation)?.kind;
  return kind === 'window' || kind === 'session' || kind === 'versioned';
}
