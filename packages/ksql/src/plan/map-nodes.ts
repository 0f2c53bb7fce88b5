import type { PlanNode } from './logical-plan.ts';

/** Rewrites a tree from its sources up; what stays the same keeps its identity. */
export function mapNodes(node: PlanNode, rewrite: (node: PlanNode) => PlanNode): PlanNode {
  if (node.kind === 'source') return rewrite(node);
  if (node.kind === 'join') {
    const left = mapNodes(node.left, rewrite);
    const right = mapNodes(node.right, rewrite);
    return rewrite(left === node.left && right === node.right ? node : { ...node, left, right });
  }
  const input = mapNodes(node.input, rewrite);
  return rewrite(input === node.input ? node : { ...node, input });
}
