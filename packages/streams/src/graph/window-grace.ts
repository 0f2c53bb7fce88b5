import { topologyError } from '../errors.ts';
import type { LogicalGraph, LogicalNode, NodeId } from './nodes.ts';

/**
 * How long after its end the windows of a table take records: found at the nearest windowed aggregation above.
 * @throws StreamsError `TOPOLOGY_INVALID` if there is none
 */
export function windowGraceMs(graph: LogicalGraph, table: NodeId): number {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const search = (id: NodeId): number | null => {
    const node = byId.get(id)!;
    const own = ownGraceMs(node);
    if (own !== null) return own;
    const above = node.inputs.map(({ from }) => search(from)).filter((grace) => grace !== null);
    return above.length === 0 ? null : Math.max(...above);
  };
  const found = search(table);
  if (found !== null) return found;
  throw topologyError(
    'Window close time is only defined for windowed computations. suppress(Suppressed.untilWindowCloses()) needs a ' +
      'table that comes from windowedBy(…); for other tables use Suppressed.untilTimeLimit.',
  );
}

function ownGraceMs({ operation }: LogicalNode): number | null {
  if (operation.kind !== 'stream-aggregate' && operation.kind !== 'cogroup') return null;
  const { grouping } = operation;
  switch (grouping.kind) {
    case 'key':
      return null;
    case 'session':
      // Until the gap has passed, a record may still join the session.
      return grouping.windows.graceMs + grouping.windows.inactivityGapMs;
    default:
      return grouping.windows.graceMs;
  }
}
