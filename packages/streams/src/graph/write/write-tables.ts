import { unreachable } from '@millrace/base';
import { topologyError } from '../../errors.ts';
import { Aggregate } from '../../operators/aggregate.ts';
import type { Emission } from '../../operators/final-results.ts';
import { PassThrough } from '../../operators/pass-through.ts';
import { SessionAggregate } from '../../operators/session-aggregate.ts';
import { SlidingAggregate } from '../../operators/sliding-aggregate.ts';
import { Suppress } from '../../operators/suppress.ts';
import { suppressStoreSpec } from '../../operators/suppress-buffer.ts';
import { TableAggregate } from '../../operators/table-aggregate.ts';
import { TableFilter } from '../../operators/table-filter.ts';
import { TableGroup } from '../../operators/table-group.ts';
import { TableMapValues, TableTransformValues } from '../../operators/table-map-values.ts';
import { TableSource } from '../../operators/table-source.ts';
import { WindowAggregate } from '../../operators/window-aggregate.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import { UserProcessorNode } from '../../topology/processor-node.ts';
import type { RunningNode } from '../../topology/running-node.ts';
import type { Aggregation, Emit, Grouping, LogicalNode } from '../nodes.ts';
import { windowGraceMs } from '../window-grace.ts';
import { addStore, keySerdeOf, type OperationOf, parentsOf, valueSerdeOf, type Writer } from './writer.ts';

export function writeTableSource(writer: Writer, node: LogicalNode, operation: OperationOf<'table-source'>): void {
  const { name, sourceName, topic, consumed, store } = operation;
  writer.topology.addSource(sourceName, topic, {
    key: keySerdeOf(writer, consumed.key, `source ${sourceName}`),
    value: valueSerdeOf(writer, consumed.value, `source ${sourceName}`),
    timestampExtractor: consumed.timestampExtractor ?? undefined,
    offsetReset: consumed.offsetReset ?? undefined,
  });
  const isStored = writer.tables.stored.has(node.id);
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  const storeName = isStored ? store.name : null;
  writer.topology.addNode(name, (own) => new TableSource(own, storeName, sendsOldValues), sourceName);
  if (!isStored) return;
  addStore(writer, store, name);
  if (operation.changelogIsTopic) writer.topology.useSourceTopicAsChangelog(store.name, topic);
}

export function writeToTable(writer: Writer, node: LogicalNode, operation: OperationOf<'to-table'>): void {
  const { name, store } = operation;
  const isStored = writer.tables.stored.has(node.id);
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  const storeName = isStored ? store.name : null;
  writer.topology.addNode(name, (own) => new TableSource(own, storeName, sendsOldValues), parentsOf(writer, node));
  if (isStored) addStore(writer, store, name);
}

export function writeGlobal(
  writer: Writer,
  operation: OperationOf<'global-table'> | OperationOf<'global-store'>,
): void {
  const { name, sourceName, topic, consumed, store } = operation;
  const source = {
    name: sourceName,
    topic,
    key: keySerdeOf(writer, consumed.key, `source ${sourceName}`),
    value: valueSerdeOf(writer, consumed.value, `source ${sourceName}`),
    timestampExtractor: consumed.timestampExtractor ?? undefined,
  };
  const create = (own: string): RunningNode =>
    operation.kind === 'global-table'
      ? new TableSource(own, store.name, false)
      : new UserProcessorNode(own, operation.supplier, [store.name]);
  // A global store is written before its joins read it, so there is nothing to hold back.
  writer.topology.addGlobalStore({ ...store, caching: false }, source, name, create);
}

export function writeStreamAggregate(
  writer: Writer,
  node: LogicalNode,
  operation: OperationOf<'stream-aggregate'>,
): void {
  const { name, store, grouping, aggregation } = operation;
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  writer.topology.addNode(
    name,
    aggregateFactory(store, grouping, aggregation, sendsOldValues),
    parentsOf(writer, node),
  );
  addStore(writer, store, name);
}

function aggregateFactory(
  store: StoreSpec,
  grouping: Grouping,
  aggregation: Aggregation,
  sendsOldValues: boolean,
): (name: string) => RunningNode {
  const common = { storeName: store.name, aggregation, sendsOldValues };
  switch (grouping.kind) {
    case 'key':
      return (name) => new Aggregate(name, store.name, aggregation, sendsOldValues);
    case 'time': {
      const { windows } = grouping;
      const emission = emissionOf(grouping);
      return (name) => new WindowAggregate(name, { ...common, windows, emission });
    }
    case 'sliding': {
      const { windows } = grouping;
      const emission = emissionOf(grouping);
      return (name) => new SlidingAggregate(name, { ...common, windows, emission });
    }
    case 'session': {
      const { windows, merger } = grouping;
      const emission = emissionOf(grouping);
      return (name) => new SessionAggregate(name, { ...common, merger, windows, emission });
    }
    default:
      return unreachable(grouping);
  }
}

function emissionOf({ emit, idleMs }: Emit): Emission {
  switch (emit) {
    case 'on-window-update':
      return { kind: 'updates' };
    case 'on-window-close':
      return { kind: 'finals', of: 'all', idleMs };
    case 'on-window-close-like-kafka':
      return { kind: 'finals', of: 'retained', idleMs };
    default:
      return unreachable(emit);
  }
}

export function writeCogroup(writer: Writer, node: LogicalNode, operation: OperationOf<'cogroup'>): void {
  const { names, aggregators, mergeName, initializer, store, grouping } = operation;
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  names.forEach((name, index) => {
    const aggregation = { initializer, aggregator: aggregators[index]! };
    const parent = writer.outputOf(node.inputs[index]!.from);
    writer.topology.addNode(name, aggregateFactory(store, grouping, aggregation, sendsOldValues), parent);
    addStore(writer, store, name);
  });
  writer.topology.addNode(mergeName, (name) => new PassThrough(name), names);
}

type RowOperation =
  | OperationOf<'table-filter'>
  | OperationOf<'table-map-values'>
  | OperationOf<'table-transform-values'>;

export function writeRowOperation(writer: Writer, node: LogicalNode, operation: RowOperation): void {
  const { name, store } = operation;
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  const isVersioned = writer.isVersioned(node.inputs[0]!.from);
  const create = rowFactory(operation, store?.name ?? null, { sendsOldValues, isVersioned });
  writer.topology.addNode(name, create, parentsOf(writer, node));
  if (store !== null) addStore(writer, store, name);
  if (operation.kind === 'table-transform-values') {
    writer.topology.connectProcessorAndStateStores(name, ...operation.storeNames);
  }
}

function rowFactory(
  operation: RowOperation,
  storeName: string | null,
  { sendsOldValues, isVersioned }: { readonly sendsOldValues: boolean; readonly isVersioned: boolean },
): (name: string) => RunningNode {
  switch (operation.kind) {
    case 'table-filter': {
      const { predicate, not } = operation;
      return (name) => new TableFilter(name, { predicate, not, isVersioned }, storeName, sendsOldValues);
    }
    case 'table-map-values':
      return (name) => new TableMapValues(name, operation.mapper, storeName, sendsOldValues);
    case 'table-transform-values':
      return (name) => new TableTransformValues(name, operation.supplier, storeName, sendsOldValues);
    default:
      return unreachable(operation);
  }
}

export function writeTableGroup(writer: Writer, node: LogicalNode, operation: OperationOf<'table-group'>): void {
  const { name, mapper } = operation;
  const skipsPast = writer.isVersioned(node.inputs[0]!.from);
  writer.topology.addNode(name, (own) => new TableGroup(own, mapper, skipsPast), parentsOf(writer, node));
}

export function writeTableAggregate(
  writer: Writer,
  node: LogicalNode,
  operation: OperationOf<'table-aggregate'>,
): void {
  const { name, store } = operation;
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  const create = (own: string) => new TableAggregate(own, store.name, operation, sendsOldValues);
  writer.topology.addNode(name, create, parentsOf(writer, node));
  addStore(writer, store, name);
}

export function writeSuppress(writer: Writer, node: LogicalNode, operation: OperationOf<'suppress'>): void {
  const { name, storeName, suppression, serdes, logging } = operation;
  const parent = node.inputs[0]!.from;
  if (writer.isVersioned(parent)) throw topologyError('suppress() is only supported for non-versioned KTables');
  const untilWindowCloses = suppression.waitMs === null;
  const waitMs = suppression.waitMs ?? windowGraceMs(writer.graph, parent);
  const keySerde = keySerdeOf(writer, serdes.key, `suppress ${name}`);
  const valueSerde = valueSerdeOf(writer, serdes.value, `suppress ${name}`);
  const options = { storeName, keySerde, valueSerde, waitMs, untilWindowCloses, ...suppression.buffer };
  writer.topology.addNode(name, (own) => new Suppress(own, options), parentsOf(writer, node));
  addStore(writer, suppressStoreSpec({ name: storeName, keySerde, valueSerde, logging }), name);
}
