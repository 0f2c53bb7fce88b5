import { unreachable } from '@millrace/base';
import type { NodeSpec } from './node-specs.ts';
import type { SubTopology } from './sub-topologies.ts';

/** What a diagram shows: records flow from topics through processors into topics; stores hang on processors. */
type Shape = 'topic' | 'processor' | 'store';

type Figure = { readonly id: string; readonly shape: Shape; readonly text: string };
type Arrow = { readonly from: string; readonly to: string; readonly shape: 'record' | 'store' };
type Box = { readonly title: string; readonly figures: readonly Figure[] };

type Diagram = {
  /** Topics stand outside: several sub-topologies share one where they are chained. */
  readonly topics: readonly Figure[];
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
};

/** The topology as a Mermaid flowchart, which GitHub and most wikis draw. */
export function mermaid(parts: readonly SubTopology[], storesOf: (node: string) => readonly string[]): string {
  const { topics, boxes, arrows } = diagram(parts, storesOf);
  const lines = ['flowchart TD', ...topics.map((topic) => `  ${mermaidFigure(topic)}`)];
  for (const [index, { title, figures }] of boxes.entries()) {
    lines.push(`  subgraph box${index}["${mermaidText(title)}"]`);
    lines.push(...figures.map((figure) => `    ${mermaidFigure(figure)}`), '  end');
  }
  for (const { from, to, shape } of arrows) lines.push(`  ${from} ${shape === 'record' ? '-->' : '-.-'} ${to}`);
  return `${lines.join('\n')}\n`;
}

/** The topology as a digraph for Graphviz. */
export function dot(parts: readonly SubTopology[], storesOf: (node: string) => readonly string[]): string {
  const { topics, boxes, arrows } = diagram(parts, storesOf);
  const lines = ['digraph topology {', ...topics.map((topic) => `  ${dotFigure(topic)}`)];
  for (const [index, { title, figures }] of boxes.entries()) {
    lines.push(`  subgraph cluster_${index} {`, `    label=${JSON.stringify(title)};`);
    lines.push(...figures.map((figure) => `    ${dotFigure(figure)}`), '  }');
  }
  for (const { from, to, shape } of arrows) {
    lines.push(`  ${from} -> ${to}${shape === 'record' ? '' : ' [dir=none, style=dashed]'};`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function diagram(parts: readonly SubTopology[], storesOf: (node: string) => readonly string[]): Diagram {
  const topics = new Map<string, Figure>();
  const topic = (name: string): string => {
    const known = topics.get(name) ?? { id: `topic${topics.size}`, shape: 'topic', text: name };
    topics.set(name, known);
    return known.id;
  };
  const arrows: Arrow[] = [];
  const boxes = parts.map(({ id, global, nodes, stores }) => {
    const ids = new Map(nodes.map(({ name }, index) => [name, `node${id}_${index}`]));
    const storeIds = new Map(stores.map((name, index) => [name, `store${id}_${index}`]));
    for (const node of nodes) {
      const own = ids.get(node.name)!;
      for (const name of readTopics(node)) arrows.push({ from: topic(name), to: own, shape: 'record' });
      if (node.kind !== 'source') {
        for (const parent of node.parents) arrows.push({ from: ids.get(parent)!, to: own, shape: 'record' });
      }
      if (node.kind === 'sink') arrows.push({ from: own, to: topic(writtenTopic(node)), shape: 'record' });
      for (const store of storesOf(node.name)) {
        const to = storeIds.get(store);
        if (to !== undefined) arrows.push({ from: own, to, shape: 'store' });
      }
    }
    const figures: Figure[] = nodes.map(({ name }) => ({ id: ids.get(name)!, shape: 'processor', text: name }));
    for (const [name, storeId] of storeIds) figures.push({ id: storeId, shape: 'store', text: name });
    return { title: `Sub-topology ${id}${global ? ' (global store)' : ''}`, figures };
  });
  return { topics: [...topics.values()], boxes, arrows };
}

function readTopics(node: NodeSpec): readonly string[] {
  if (node.kind !== 'source') return [];
  return node.pattern === null ? node.topics : [`/${node.pattern.source}/`];
}

function writtenTopic({ topic }: Extract<NodeSpec, { readonly kind: 'sink' }>): string {
  return typeof topic === 'string' ? topic : `(by ${topic.name || 'a function'})`;
}

function mermaidFigure({ id, shape, text }: Figure): string {
  const quoted = `"${mermaidText(text)}"`;
  switch (shape) {
    case 'topic':
      return `${id}([${quoted}])`;
    case 'processor':
      return `${id}[${quoted}]`;
    case 'store':
      return `${id}[(${quoted})]`;
    default:
      return unreachable(shape);
  }
}

/** Quotes and brackets would end a text of Mermaid's. */
function mermaidText(text: string): string {
  return text.replaceAll('"', '#quot;');
}

const DOT_SHAPES: Readonly<Record<Shape, string>> = { topic: 'cds', processor: 'box', store: 'cylinder' };

function dotFigure({ id, shape, text }: Figure): string {
  return `${id} [shape=${DOT_SHAPES[shape]}, label=${JSON.stringify(text)}];`;
}
