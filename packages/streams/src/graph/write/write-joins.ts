import { illegalArgument } from '../../errors.ts';
import { heldKeySerde, heldRecordSerde } from '../../operators/held-records.ts';
import { JoinClocks } from '../../operators/join-clock.ts';
import { JoinWindow } from '../../operators/join-window.ts';
import { PassThrough } from '../../operators/pass-through.ts';
import { StreamSelfJoin } from '../../operators/stream-self-join.ts';
import { StreamJoinSide } from '../../operators/stream-stream-join.ts';
import { StreamTableGraceJoin } from '../../operators/stream-table-grace-join.ts';
import { StreamGlobalJoin, StreamTableJoin } from '../../operators/stream-table-join.ts';
import { TableJoinMerge, TableJoinSide } from '../../operators/table-join.ts';
import { unmatchedKeySerde, unmatchedValuesSerde } from '../../operators/unmatched-serdes.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { LogicalNode, StreamJoinOperation } from '../nodes.ts';
import { storesOfGetter } from '../table-getters.ts';
import { addStore, keySerdeOf, type OperationOf, valueSerdeOf, type Writer } from './writer.ts';

/** A key-value store of Millrace's own behind an operator: small, ordered by its composite keys, logged. */
function helperStore(
  base: Pick<StoreSpec, 'name' | 'keySerde' | 'valueSerde' | 'engine'>,
  options: { readonly logging: boolean; readonly timestamped: boolean },
): StoreSpec {
  const { logging, timestamped } = options;
  return { ...base, kind: 'key-value', timestamped, caching: false, logging: logging ? { topicConfig: {} } : false };
}

export function writeStreamJoin(writer: Writer, node: LogicalNode, operation: StreamJoinOperation): void {
  const { topology } = writer;
  const [left, right] = node.inputs.map(({ from }) => writer.outputOf(from));
  const { thisStore, otherStore, thisWindowedName, otherWindowedName, thisName, otherName, mergeName } = operation;
  const { windows, joiner, join } = operation;
  if (operation.selfJoin) {
    topology.addNode(thisWindowedName, (name) => new JoinWindow(name, thisStore.name), left!);
    const create = (name: string) => new StreamSelfJoin(name, thisStore.name, windows, joiner);
    topology.addNode(mergeName, create, thisWindowedName);
    addStore(writer, thisStore, thisWindowedName, mergeName);
    return;
  }
  const sharedStore = operation.sharedStoreName;
  const clocks = new JoinClocks();
  const side = (isLeft: boolean, store: string, isOuter: boolean) => (name: string) =>
    new StreamJoinSide(name, {
      isLeft,
      otherStore: store,
      windows,
      joiner,
      isOuter,
      sharedStore,
      clocks,
    });
  topology.addNode(thisWindowedName, (name) => new JoinWindow(name, thisStore.name), left!);
  topology.addNode(otherWindowedName, (name) => new JoinWindow(name, otherStore.name), right!);
  topology.addNode(thisName, side(true, otherStore.name, join !== 'inner'), thisWindowedName);
  topology.addNode(otherName, side(false, thisStore.name, join === 'outer'), otherWindowedName);
  topology.addNode(mergeName, (name) => new PassThrough(name), [thisName, otherName]);
  addStore(writer, thisStore, thisWindowedName, otherName);
  addStore(writer, otherStore, otherWindowedName, thisName);
  if (sharedStore === null) return;
  const where = `join ${mergeName}`;
  const spec = helperStore(
    {
      name: sharedStore,
      keySerde: unmatchedKeySerde(keySerdeOf(writer, operation.serdes.key, where)),
      valueSerde: unmatchedValuesSerde(
        valueSerdeOf(writer, operation.serdes.value, where),
        valueSerdeOf(writer, operation.serdes.otherValue, where),
      ),
      engine: thisStore.engine,
    },
    { logging: operation.logging, timestamped: false },
  );
  addStore(writer, spec, thisName, otherName);
}

export function writeStreamTableJoin(
  writer: Writer,
  node: LogicalNode,
  operation: OperationOf<'stream-table-join'>,
): void {
  const { topology } = writer;
  const { name, join, joiner, graceMs, serdes } = operation;
  const [stream, tableNode] = node.inputs.map(({ from }) => from);
  const table = writer.getterOf(tableNode!);
  const options = { table, joiner, isLeft: join === 'left' };
  const parent = writer.outputOf(stream!);
  if (graceMs === null) {
    topology.addNode(name, (own) => new StreamTableJoin(own, options), parent);
    topology.connectProcessorAndStateStores(name, ...storesOfGetter(table));
    return;
  }
  checkHistory(writer, storesOfGetter(table), graceMs);
  const storeName = `${name}-Buffer`;
  const create = (own: string) => new StreamTableGraceJoin(own, options, { storeName, graceMs });
  topology.addNode(name, create, parent);
  topology.connectProcessorAndStateStores(name, ...storesOfGetter(table));
  const spec = helperStore(
    {
      name: storeName,
      keySerde: heldKeySerde(keySerdeOf(writer, serdes.key, `join ${name}`)),
      valueSerde: heldRecordSerde(valueSerdeOf(writer, serdes.value, `join ${name}`)),
      engine: 'rocksdb',
    },
    { logging: true, timestamped: false },
  );
  addStore(writer, spec, name);
}

function checkHistory(writer: Writer, stores: readonly string[], graceMs: number): void {
  for (const name of stores) {
    const spec = writer.topology.stores.get(name)!.spec;
    if (spec.kind !== 'versioned') {
      throw illegalArgument('KTable must be versioned to use a grace period in a stream table join.');
    }
    if (graceMs > spec.historyRetentionMs) throw illegalArgument('History retention must be at least grace period.');
  }
}

export function writeStreamGlobalJoin(
  writer: Writer,
  node: LogicalNode,
  operation: OperationOf<'stream-global-join'>,
): void {
  const { name, join, selectKey, joiner, globalStore } = operation;
  const create = (own: string) => new StreamGlobalJoin(own, globalStore, { selectKey, joiner }, join === 'left');
  writer.topology.addNode(name, create, writer.outputOf(node.inputs[0]!.from));
}

export function writeTableJoin(writer: Writer, node: LogicalNode, operation: OperationOf<'table-join'>): void {
  const { topology } = writer;
  const { join, joiner, thisName, otherName, mergeName, store } = operation;
  const [left, right] = node.inputs.map(({ from }) => from);
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  const leftGetter = writer.getterOf(left!);
  const rightGetter = writer.getterOf(right!);
  const thisSide = {
    other: rightGetter,
    joiner,
    needsOwn: join !== 'outer',
    needsOther: join === 'inner',
    skipsPast: writer.isVersioned(left!),
    sendsOldValues,
  };
  const otherSide = {
    other: leftGetter,
    joiner: (own: unknown, other: unknown) => joiner(other, own),
    needsOwn: join === 'inner',
    needsOther: join !== 'outer',
    skipsPast: writer.isVersioned(right!),
    sendsOldValues,
  };
  topology.addNode(thisName, (name) => new TableJoinSide(name, thisSide), writer.outputOf(left!));
  topology.addNode(otherName, (name) => new TableJoinSide(name, otherSide), writer.outputOf(right!));
  const storeName = store?.name ?? null;
  topology.addNode(mergeName, (name) => new TableJoinMerge(name, storeName, sendsOldValues), [thisName, otherName]);
  topology.connectProcessorAndStateStores(thisName, ...storesOfGetter(rightGetter));
  topology.connectProcessorAndStateStores(otherName, ...storesOfGetter(leftGetter));
  if (store !== null) addStore(writer, store, mergeName);
}
