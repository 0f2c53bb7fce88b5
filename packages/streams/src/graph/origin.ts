import type { Topology } from '../topology/topology.ts';
import type { LogicalGraph, NodeId } from './nodes.ts';

/** What a topology of the DSL was written from. */
export type Origin = {
  /** As written: behind all rewrites. */
  readonly graph: LogicalGraph;
  /** The physical node from which the records of a logical node come. */
  outputOf(id: NodeId): string;
};

// Beside the topology, not in it: a topology knows nothing of the DSL, and one that was put together by hand has none.
const origins = new WeakMap<Topology, Origin>();

export function rememberOrigin(topology: Topology, origin: Origin): void {
  origins.set(topology, origin);
}

/** Null for a topology that was put together by hand. */
export function originOf(topology: Topology): Origin | null {
  return origins.get(topology) ?? null;
}
