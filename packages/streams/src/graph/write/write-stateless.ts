import { unreachable } from '@millrace/base';
import { Filter, NotNullKey } from '../../operators/filter.ts';
import { FlatMap, FlatMapValues } from '../../operators/flat-map.ts';
import { MapRecords, MapValues, SelectKey } from '../../operators/map.ts';
import { LateRecords, PassThrough } from '../../operators/pass-through.ts';
import { Peek } from '../../operators/peek.ts';
import { Split } from '../../operators/split.ts';
import { TableToStream } from '../../operators/table-to-stream.ts';
import { changeSerde } from '../../serdes/change.ts';
import { FixedKeyProcessorNode, UserProcessorNode } from '../../topology/processor-node.ts';
import type { RunningNode } from '../../topology/running-node.ts';
import { windowedPartitioner } from '../../topology/windowed-partitioner.ts';
import type { LogicalNode, Repartition, StatelessOperation } from '../nodes.ts';
import { addStore, keySerdeOf, type OperationOf, parentsOf, valueSerdeOf, type Writer } from './writer.ts';

export function writeStateless(writer: Writer, node: LogicalNode, operation: StatelessOperation): void {
  writer.topology.addNode(operation.name, statelessFactory(writer, node, operation), parentsOf(writer, node));
}

function statelessFactory(
  writer: Writer,
  node: LogicalNode,
  operation: StatelessOperation,
): (name: string) => RunningNode {
  switch (operation.kind) {
    case 'filter':
      return (name) => new Filter(name, operation.predicate, operation.not);
    case 'map':
      return (name) => new MapRecords(name, operation.mapper);
    case 'select-key':
      return (name) => new SelectKey(name, operation.mapper);
    case 'map-values':
      return (name) => new MapValues(name, operation.mapper);
    case 'flat-map':
      return (name) => new FlatMap(name, operation.mapper);
    case 'flat-map-values':
      return (name) => new FlatMapValues(name, operation.mapper);
    case 'peek':
      return (name) => new Peek(name, operation.effect, true);
    case 'foreach':
      return (name) => new Peek(name, operation.effect, false);
    case 'split': {
      const branches = writer.graph.nodes.filter((other) => other.inputs[0]?.from === node.id);
      const predicates = branches.map((branch) =>
        branch.operation.kind === 'branch' ? branch.operation.predicate : null,
      );
      return (name) => new Split(name, predicates);
    }
    case 'merge':
    case 'branch':
      return (name) => new PassThrough(name);
    case 'late-records':
      return (name) => new LateRecords(name);
    case 'table-to-stream':
      return (name) => new TableToStream(name);
    default:
      return unreachable(operation);
  }
}

export function writeSource(writer: Writer, operation: OperationOf<'source'>): void {
  const { name, topics, consumed } = operation;
  writer.topology.addSource(name, topics, {
    key: keySerdeOf(writer, consumed.key, `source ${name}`),
    value: valueSerdeOf(writer, consumed.value, `source ${name}`),
    timestampExtractor: consumed.timestampExtractor ?? undefined,
    offsetReset: consumed.offsetReset ?? undefined,
  });
}

export function writeSink(writer: Writer, node: LogicalNode, operation: OperationOf<'sink'>): void {
  const { name, topic, serdes, partitioner } = operation;
  const key = keySerdeOf(writer, serdes.key, `sink ${name}`);
  const options = {
    key,
    value: valueSerdeOf(writer, serdes.value, `sink ${name}`),
    partitioner: partitioner ?? windowedPartitioner(key),
  };
  writer.topology.addSink(name, topic, options, parentsOf(writer, node));
}

export function writeRepartition(writer: Writer, node: LogicalNode, repartition: Repartition): void {
  const { topology } = writer;
  const { topic, sinkName, filterName, sourceName, partitions, partitioner, serdes } = repartition;
  const key = keySerdeOf(writer, serdes.key, `repartition topic ${topic}`);
  const inner = valueSerdeOf(writer, serdes.value, `repartition topic ${topic}`);
  const value = repartition.kind === 'change' ? changeSerde(inner) : inner;
  let parents = parentsOf(writer, node);
  topology.addInternalTopic(topic, partitions);
  if (repartition.kind === 'record') {
    const passesNullKeys = writer.passingNullKeys.has(node.id);
    const create = (name: string) => (passesNullKeys ? new PassThrough(name) : new NotNullKey(name));
    topology.addNode(filterName, create, parents);
    parents = [filterName];
  }
  topology.addSink(sinkName, topic, { key, value, partitioner: partitioner ?? undefined }, parents);
  topology.addSource(sourceName, topic, { key, value });
}

export function writeProcess(
  writer: Writer,
  node: LogicalNode,
  operation: OperationOf<'process'> | OperationOf<'process-values'>,
): void {
  const { name, supplier, storeNames, stores } = operation;
  const { topology } = writer;
  const create = (own: string): RunningNode =>
    operation.kind === 'process'
      ? new UserProcessorNode(own, supplier, reachableStores(writer, own))
      : new FixedKeyProcessorNode(own, supplier, reachableStores(writer, own));
  topology.addNode(name, create, parentsOf(writer, node));
  for (const store of stores) addStore(writer, store, name);
  topology.connectProcessorAndStateStores(name, ...storeNames);
}

/** Connected stores, and the global ones, which every processor may read. */
function reachableStores(writer: Writer, name: string): string[] {
  const global = [...writer.topology.stores].filter(([, store]) => store.global).map(([store]) => store);
  return [...writer.topology.storesOf(name), ...global];
}
