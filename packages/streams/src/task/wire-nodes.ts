import { assert } from '@millrace/base';
import type { NodeSpec } from '../topology/node-specs.ts';
import { RunningNode } from '../topology/running-node.ts';

/** The root of a way: what its source reads goes to its children. */
class SourceNode extends RunningNode {
  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.forward(key, value, timestamp);
  }
}

/** Makes the running nodes of a task and ties parents to children, in the order in which the topology has them. */
export function wireNodes(
  specs: readonly NodeSpec[],
  makeSink: (spec: Extract<NodeSpec, { kind: 'sink' }>) => RunningNode,
): ReadonlyMap<string, RunningNode> {
  const nodes = new Map<string, RunningNode>();
  for (const spec of specs) {
    const node =
      spec.kind === 'source'
        ? new SourceNode(spec.name)
        : spec.kind === 'processor'
          ? spec.create(spec.name)
          : makeSink(spec);
    nodes.set(spec.name, node);
    if (spec.kind === 'source') continue;
    for (const parent of spec.parents) {
      const parentNode = nodes.get(parent);
      assert(parentNode !== undefined, `${parent} stands behind its child ${spec.name}`);
      parentNode.children.push(node);
    }
  }
  return nodes;
}
