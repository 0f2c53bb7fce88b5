import type { NodeSpec, ProcessorSpec } from '../../topology/node-specs.ts';
import { RunningNode } from '../../topology/running-node.ts';

/** Gets what passes: a stream's value, or a table's `Change`. */
export type Observe = (place: string, taskId: string, key: unknown, value: unknown, timestamp: number) => void;

/** Tells what passes it, and lets it pass. */
class Probe extends RunningNode {
  readonly #place: string;
  readonly #observe: Observe;

  constructor(name: string, place: string, observe: Observe) {
    super(name);
    this.#place = place;
    this.#observe = observe;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.#observe(this.#place, this.context.taskId, key, value, timestamp);
    this.forward(key, value, timestamp);
  }
}

export const into = (node: string): string => `into ${node}`;
export const outOf = (node: string): string => `out of ${node}`;

export type Places = {
  /** Nodes whose input is observed, right before they get it. */
  readonly inputs: ReadonlySet<string>;
  /** Nodes whose output is observed, when all others have had it. */
  readonly outputs: ReadonlySet<string>;
};

/** The same nodes with probes between them; their order, and so the order of all effects, stays as it was. */
export function withProbes(nodes: readonly NodeSpec[], places: Places, observe: Observe): NodeSpec[] {
  const probe = (place: string, parents: readonly string[]): ProcessorSpec => ({
    kind: 'processor',
    name: `probe ${place}`,
    parents,
    create: (name) => new Probe(name, place, observe),
  });
  const inner = nodes.flatMap((node) => {
    if (node.kind !== 'processor' || !places.inputs.has(node.name)) return [node];
    const before = probe(into(node.name), node.parents);
    return [before, { ...node, parents: [before.name] }];
  });
  const last = nodes.filter(({ name }) => places.outputs.has(name)).map(({ name }) => probe(outOf(name), [name]));
  return [...inner, ...last];
}
