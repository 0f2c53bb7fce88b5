import { hashSetOrder, InsertionTree } from './java-sets.ts';
import type { NodeSpec } from './node-specs.ts';
import type { SubTopology } from './sub-topologies.ts';

type Described = {
  readonly spec: NodeSpec;
  /** Nodes of the sub-tree below, this one included; grows while nodes are connected. */
  size: number;
  readonly successors: InsertionTree<Described>;
  readonly predecessors: InsertionTree<Described>;
};

/** Larger sub-trees first, then by name. */
function compareDescribed(a: Described, b: Described): number {
  if (a === b) return 0;
  if (a.size !== b.size) return b.size - a.size;
  return a.spec.name < b.spec.name ? -1 : 1;
}

/** The text of Kafka Streams' `Topology#describe()`, character for character. */
export function describe(parts: readonly SubTopology[], storesOf: (node: string) => readonly string[]): string {
  const texts = parts.map((part) => (part.global ? globalText(part, storesOf) : partText(part, storesOf)));
  return `Topologies:\n ${texts.map((text) => `  ${text}`).join('')}`;
}

function globalText(part: SubTopology, storesOf: (node: string) => readonly string[]): string {
  const nodes = connect(part.nodes);
  const source = nodes.find((node) => node.spec.kind === 'source')!;
  const processor = nodes.find((node) => node.spec.kind === 'processor')!;
  const head = `Sub-topology: ${part.id} for global store (will not generate tasks)\n`;
  return `${head}    ${nodeText(source, storesOf)}\n    ${nodeText(processor, storesOf)}\n`;
}

function partText(part: SubTopology, storesOf: (node: string) => readonly string[]): string {
  const sorted = connect(part.nodes).sort(compareDescribed);
  return `Sub-topology: ${part.id}\n${sorted.map((node) => `    ${nodeText(node, storesOf)}\n`).join('')}\n`;
}

/** Ties nodes to their neighbours in the order in which Kafka Streams walks its hash map of names. */
function connect(specs: readonly NodeSpec[]): Described[] {
  const byName = new Map<string, Described>();
  for (const spec of specs) {
    byName.set(spec.name, {
      spec,
      size: 1,
      successors: new InsertionTree(compareDescribed),
      predecessors: new InsertionTree(compareDescribed),
    });
  }
  const sources = specs.filter(({ kind }) => kind === 'source');
  const others = specs.filter(({ kind }) => kind !== 'source');
  for (const name of hashSetOrder([...sources, ...others].map((spec) => spec.name))) {
    const node = byName.get(name)!;
    if (node.spec.kind === 'source') continue;
    for (const parentName of node.spec.parents) {
      const parent = byName.get(parentName)!;
      node.predecessors.add(parent);
      parent.successors.add(node);
      grow(parent, node.size);
    }
  }
  return [...byName.values()];
}

function grow(node: Described, by: number): void {
  node.size += by;
  for (const parent of node.predecessors.items()) grow(parent, by);
}

function nodeText(node: Described, storesOf: (node: string) => readonly string[]): string {
  const { spec } = node;
  const to = `\n      --> ${names(node.successors)}`;
  const from = `\n      <-- ${names(node.predecessors)}`;
  switch (spec.kind) {
    case 'source': {
      const topics = spec.pattern === null ? `[${hashSetOrder(spec.topics).join(', ')}]` : spec.pattern.source;
      return `Source: ${spec.name} (topics: ${topics})${to}`;
    }
    case 'processor':
      return `Processor: ${spec.name} (stores: [${hashSetOrder(storesOf(spec.name)).join(', ')}])${to}${from}`;
    case 'sink':
      return typeof spec.topic === 'string'
        ? `Sink: ${spec.name} (topic: ${spec.topic})${from}`
        : `Sink: ${spec.name} (extractor class: ${String(extractorName(spec.topic))})${from}`;
  }
}

/** An extractor may say what to print by its own `toString`; a plain function prints its name. */
function extractorName(extractor: { readonly name: string; toString(): string }): string {
  return Object.hasOwn(extractor, 'toString') ? extractor.toString() : extractor.name || 'anonymous';
}

function names(nodes: InsertionTree<Described>): string {
  const items = nodes.items();
  return items.length === 0 ? 'none' : items.map((node) => node.spec.name).join(', ');
}
