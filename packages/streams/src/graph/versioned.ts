import type { LogicalGraph, LogicalNode, NodeId } from './nodes.ts';

/** Whether the changes of a table come with their place in history: decided by the nearest store above. */
export function versionedTables(graph: LogicalGraph): (id: NodeId) => boolean {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const isVersioned = (id: NodeId): boolean => {
    const node = byId.get(id)!;
    return declared(node) ?? (node.inputs.length > 0 && node.inputs.every(({ from }) => isVersioned(from)));
  };
  return isVersioned;
}

function declared({ operation }: LogicalNode): boolean | null {
  switch (operation.kind) {
    case 'table-source':
    case 'to-table':
      return operation.store.kind === 'versioned';
    case 'table-filter':
    case 'table-map-values':
    case 'table-transform-values':
      return operation.store === null ? null : operation.store.kind === 'versioned';
    case 'table-join':
      return operation.store?.kind === 'versioned';
    case 'stream-aggregate':
    case 'cogroup':
    case 'table-aggregate':
    case 'foreign-key-join':
      return operation.store.kind === 'versioned';
    case 'suppress':
      return false;
    default:
      return null;
  }
}
