import type { LogicalGraph, LogicalNode, NodeId } from './nodes.ts';

/** Which tables must be stored, and which must say what a row was before. */
export type TablePlan = {
  readonly stored: ReadonlySet<NodeId>;
  readonly sendsOldValues: ReadonlySet<NodeId>;
};

/**
 * Works out what operations need of the tables above them. The demands are made in the order of the DSL calls: a filter
 * benefits from old values only if its table sent them already when it was added (as in Kafka Streams, where this
 * decides about repeated tombstones).
 */
export function planTables(graph: LogicalGraph): TablePlan {
  const plan = new Planner(graph);
  for (const node of graph.nodes) plan.demandsOf(node);
  return plan;
}

class Planner implements TablePlan {
  readonly stored = new Set<NodeId>();
  readonly sendsOldValues = new Set<NodeId>();
  readonly #byId: ReadonlyMap<NodeId, LogicalNode>;

  constructor(graph: LogicalGraph) {
    this.#byId = new Map(graph.nodes.map((node) => [node.id, node]));
    for (const { id, operation } of graph.nodes) if ('named' in operation && operation.named) this.stored.add(id);
  }

  demandsOf({ id, inputs, operation }: LogicalNode): void {
    const [first, second] = inputs.map(({ from }) => from);
    switch (operation.kind) {
      case 'table-filter':
        // Without old values a filtered-out row is deleted downstream again and again.
        if (this.#sendOldValues(first!, false)) this.sendsOldValues.add(id);
        break;
      case 'table-group':
      // What a suppression has not let out yet is looked up by the value from before.
      case 'suppress':
        this.#sendOldValues(first!, true);
        break;
      case 'table-join':
        if (operation.join !== 'inner') this.#sendOldValues(first!, true);
        if (operation.join === 'outer') this.#sendOldValues(second!, true);
        this.#makeReadable(first!);
        this.#makeReadable(second!);
        break;
      case 'foreign-key-join':
        this.#sendOldValues(second!, true);
        this.#sendOldValues(first!, true);
        this.#makeReadable(first!);
        this.#makeReadable(second!);
        break;
      case 'stream-table-join':
        this.#makeReadable(second!);
        break;
      default:
        break;
    }
  }

  /** Returns whether the table now sends old values; `force` stores it if that takes it. */
  #sendOldValues(id: NodeId, force: boolean): boolean {
    if (this.sendsOldValues.has(id)) return true;
    if (!this.#canSendOldValues(id, force)) return false;
    this.sendsOldValues.add(id);
    return true;
  }

  #canSendOldValues(id: NodeId, force: boolean): boolean {
    const { operation, inputs } = this.#byId.get(id)!;
    const parents = inputs.map(({ from }) => from);
    switch (operation.kind) {
      case 'table-source':
      case 'to-table':
      case 'foreign-key-join':
        if (!force && !this.stored.has(id)) return false;
        this.stored.add(id);
        return true;
      case 'table-filter':
      case 'table-map-values':
      case 'table-transform-values':
        return operation.store !== null || this.#sendOldValues(parents[0]!, force);
      case 'suppress':
        return this.#sendOldValues(parents[0]!, force);
      case 'table-join':
        for (const parent of parents) this.#sendOldValues(parent, true);
        return true;
      default:
        return true;
    }
  }

  /** Stores what must be stored so that the rows of the table can be looked up. */
  #makeReadable(id: NodeId): void {
    const { operation, inputs } = this.#byId.get(id)!;
    switch (operation.kind) {
      case 'table-source':
      case 'to-table':
      case 'foreign-key-join':
        this.stored.add(id);
        break;
      case 'table-filter':
      case 'table-map-values':
      case 'table-transform-values':
      case 'table-join':
        if (operation.store === null) for (const { from } of inputs) this.#makeReadable(from);
        break;
      case 'suppress':
        this.#makeReadable(inputs[0]!.from);
        break;
      default:
        break;
    }
  }
}
