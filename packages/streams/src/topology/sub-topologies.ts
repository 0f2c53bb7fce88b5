import type { NodeSpec } from './node-specs.ts';

/** A connected part of the topology: the unit that tasks are made of. */
export type SubTopology = {
  readonly id: number;
  /** The global store it fills, if that is all it does: no tasks then. */
  readonly global: boolean;
  readonly nodes: readonly NodeSpec[];
  readonly stores: readonly string[];
};

/** What the grouping must know of stores: who is connected to each. */
export type StoreUsers = { readonly name: string; readonly users: ReadonlySet<string>; readonly global: boolean };

/** Nodes belong together when one feeds the other or both are connected to one store. */
class Groups {
  readonly #parent = new Map<string, string>();

  root(name: string): string {
    let root = name;
    for (let next = this.#parent.get(root); next !== undefined && next !== root; next = this.#parent.get(root)) {
      root = next;
    }
    return root;
  }

  unite(a: string, b: string): void {
    const rootA = this.root(a);
    const rootB = this.root(b);
    if (rootA !== rootB) this.#parent.set(rootB, rootA);
  }
}

/**
 * The sub-topologies, numbered as Kafka Streams does: groups are met by going through the sources in the order in which
 * they were added, then through the other nodes.
 */
export function subTopologies(
  nodes: ReadonlyMap<string, NodeSpec>,
  stores: readonly StoreUsers[],
  globalSources: ReadonlySet<string>,
): SubTopology[] {
  const groups = new Groups();
  for (const node of nodes.values()) {
    if (node.kind !== 'source') for (const parent of node.parents) groups.unite(parent, node.name);
  }
  for (const { users, global } of stores) {
    if (global) continue;
    const [first, ...rest] = users;
    for (const user of rest) groups.unite(first!, user);
  }
  const inOrder = [...nodes.values()];
  const sourcesFirst = [
    ...inOrder.filter((node) => node.kind === 'source'),
    ...inOrder.filter((node) => node.kind !== 'source'),
  ];
  const ids = new Map<string, number>();
  for (const node of sourcesFirst) {
    const root = groups.root(node.name);
    if (!ids.has(root)) ids.set(root, ids.size);
  }
  const idOf = (name: string) => ids.get(groups.root(name))!;
  return Array.from({ length: ids.size }, (_, id) => {
    const own = [...nodes.values()].filter((node) => idOf(node.name) === id);
    return {
      id,
      global: own.some((node) => globalSources.has(node.name)),
      nodes: own,
      stores: stores.filter(({ users }) => [...users].some((user) => idOf(user) === id)).map(({ name }) => name),
    };
  });
}
