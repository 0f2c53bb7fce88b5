import { assert } from '@millrace/base';
import type { GetterSpec } from '../operators/value-getter.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { LogicalNode, NodeId } from './nodes.ts';

/** How the rows of each table are looked up: from its store if it has one, else computed from the tables above. */
export function getterSpecs(nodeOf: (id: NodeId) => LogicalNode): (id: NodeId) => GetterSpec {
  const getterOf = (id: NodeId): GetterSpec => {
    const { operation, inputs } = nodeOf(id);
    const parent = () => getterOf(inputs[0]!.from);
    switch (operation.kind) {
      case 'table-source':
      case 'to-table':
      case 'stream-aggregate':
      case 'cogroup':
      case 'table-aggregate':
      case 'foreign-key-join':
        return storeGetter(operation.store);
      case 'table-filter':
        if (operation.store !== null) return storeGetter(operation.store);
        return { kind: 'filter', parent: parent(), predicate: operation.predicate, not: operation.not };
      case 'table-map-values':
        if (operation.store !== null) return storeGetter(operation.store);
        return { kind: 'map-values', parent: parent(), mapper: operation.mapper };
      case 'table-transform-values':
        if (operation.store !== null) return storeGetter(operation.store);
        return { kind: 'transform-values', parent: parent(), supplier: operation.supplier };
      case 'table-join':
        if (operation.store !== null) return storeGetter(operation.store);
        return {
          kind: 'join',
          left: parent(),
          right: getterOf(inputs[1]!.from),
          join: operation.join,
          joiner: operation.joiner,
        };
      case 'suppress':
        return { kind: 'suppress', parent: parent(), buffer: operation.storeName };
      default:
        assert(false, `${operation.kind} is no table`);
    }
  };
  return getterOf;
}

function storeGetter(store: StoreSpec): GetterSpec {
  const form = store.kind === 'key-value' ? 'timestamped' : store.kind;
  return { kind: 'store', store: store.name, form };
}

/** The stores that a lookup reads: whoever looks up must be connected to them. */
export function storesOfGetter(getter: GetterSpec): string[] {
  switch (getter.kind) {
    case 'store':
      return [getter.store];
    case 'filter':
    case 'map-values':
    case 'transform-values':
      return storesOfGetter(getter.parent);
    case 'join':
      return [...storesOfGetter(getter.left), ...storesOfGetter(getter.right)];
    case 'suppress':
      return [getter.buffer, ...storesOfGetter(getter.parent)];
  }
}
