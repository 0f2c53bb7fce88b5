import type { LogicalNode, NodeId } from '../../graph/nodes.ts';
import type { OperationOf } from '../../graph/write/writer.ts';
import type { TopologyModel } from './model.ts';

/** What caches above a node do to what leaves it. */
export type CacheEffect =
  /** Nothing: no cache stands above. */
  | { readonly kind: 'exact' }
  /** Some changes of a key are left out; the others are the same, and the last is among them. */
  | { readonly kind: 'thinned' }
  | { readonly kind: 'unsafe'; readonly reason: string };

const EXACT: CacheEffect = { kind: 'exact' };
const THINNED: CacheEffect = { kind: 'thinned' };

function unsafe(reason: string): CacheEffect {
  return { kind: 'unsafe', reason };
}

export type CacheEffects = {
  readonly stores: readonly { readonly store: string; readonly effect: CacheEffect }[];
  readonly topics: readonly { readonly topic: string; readonly effect: CacheEffect }[];
  /** A cache may still have what the store has given up: then only for records in order. */
  readonly inOrderOnly: boolean;
};

export function cacheEffects(model: TopologyModel): CacheEffects {
  return new Walk(model).run();
}

/** Down the graph, node by node; topics that the topology writes and reads again take two rounds. */
class Walk {
  readonly #model: TopologyModel;
  readonly #effects = new Map<NodeId, CacheEffect>();
  #topics = new Map<string, CacheEffect>();

  constructor(model: TopologyModel) {
    this.#model = model;
  }

  run(): CacheEffects {
    for (let round = 0; round < 3; round++) {
      const topics = new Map<string, CacheEffect>();
      for (const node of this.#model.nodes) {
        this.#effects.set(node.id, this.#effectOf(node));
        if (node.operation.kind === 'sink') this.#noteSink(node, topics);
      }
      this.#topics = topics;
    }
    const stores = this.#model.nodes.flatMap((node) => {
      const spec = this.#model.storeOf(node.operation);
      return spec === null ? [] : [{ store: spec.name, effect: this.#effects.get(node.id)! }];
    });
    const inOrderOnly = this.#model
      .nodesOf('stream-aggregate', 'cogroup')
      .some(({ operation }) => showsGivenUp(operation));
    return { stores, inOrderOnly, topics: [...this.#topics].map(([topic, effect]) => ({ topic, effect })) };
  }

  #noteSink({ inputs, operation }: LogicalNode, topics: Map<string, CacheEffect>): void {
    if (operation.kind !== 'sink' || typeof operation.topic !== 'string') return;
    const effect = this.#effects.get(inputs[0]!.from)!;
    const other = topics.get(operation.topic);
    const isAlone = other === undefined || (other.kind === 'exact' && effect.kind === 'exact');
    topics.set(
      operation.topic,
      isAlone ? effect : unsafe('several parts write to it, whose records a cache puts in another order'),
    );
  }

  #effectOf(node: LogicalNode): CacheEffect {
    const { operation, inputs } = node;
    const above = inputs.map(({ from }) => this.#effects.get(from) ?? EXACT);
    const broken = above.find(({ kind }) => kind === 'unsafe');
    if (broken !== undefined) return broken;
    const isExact = above.every(({ kind }) => kind === 'exact');
    const [first = EXACT] = above;
    switch (operation.kind) {
      case 'source': {
        const topics = operation.topics instanceof RegExp ? [] : operation.topics;
        return this.#ofTopics(topics);
      }
      case 'table-source':
        return this.#stored(node, this.#ofTopics([operation.topic]));
      case 'global-table':
      case 'global-store':
      case 'state-store':
        return this.#ofTopics('topic' in operation ? [operation.topic] : []);
      case 'map-values':
      case 'peek':
      case 'foreach':
      case 'repartition':
      case 'table-to-stream':
      case 'table-group':
      case 'sink':
        return first;
      case 'stream-table-join':
        return this.#ofStreamTableJoin(node, first);
      case 'to-table':
      case 'table-filter':
      case 'table-map-values':
        return this.#stored(node, first);
      case 'table-transform-values':
        return isExact
          ? this.#stored(node, first)
          : unsafe(`${operation.name} has a context of its own, behind a cache`);
      case 'table-join':
      case 'foreign-key-join':
      case 'table-aggregate':
        return this.#ofTables(node, isExact);
      default:
        return isExact ? this.#stored(node, EXACT) : unsafe(`${nameOf(node)} depends on every record, behind a cache`);
    }
  }

  #ofTopics(topics: readonly string[]): CacheEffect {
    const effects = topics.flatMap((topic) => this.#topics.get(topic) ?? []);
    return effects.find(({ kind }) => kind !== 'exact') ?? EXACT;
  }

  /** Behind a store with a cache. */
  #stored({ operation }: LogicalNode, effect: CacheEffect): CacheEffect {
    const spec = this.#model.storeOf(operation);
    if (spec === null || operation.kind === 'suppress') return effect;
    if (spec.kind === 'session' && spec.caching && givesUpOnTheEdge(operation, spec.retentionMs)) {
      return unsafe(`${spec.name} gives up sessions at the edge of the gap, which a cache still has`);
    }
    if (spec.kind === 'session' && spec.logging === false)
      return unsafe(`${spec.name} keeps sessions without a changelog`);
    if (spec.kind === 'versioned')
      return effect.kind === 'exact' ? effect : unsafe(`${spec.name} keeps a history, behind a cache`);
    const isFinal =
      'grouping' in operation && 'emit' in operation.grouping && operation.grouping.emit !== 'on-window-update';
    return effect.kind === 'exact' && spec.caching && !isFinal ? THINNED : effect;
  }

  /** Whether the rows that are looked up are those of the moment: what a cache of the table's own holds is seen. */
  #isReadThrough(id: NodeId): boolean {
    const { operation, inputs } = this.#model.node(id);
    const isExactAbove = inputs.every(({ from }) => this.#effects.get(from)?.kind === 'exact');
    if (isExactAbove) return operation.kind !== 'table-source' || this.#ofTopics([operation.topic]).kind === 'exact';
    if (!('store' in operation) || operation.store !== null) return false;
    return inputs.every(({ from }) => this.#isReadThrough(from));
  }

  #ofStreamTableJoin(node: LogicalNode, stream: CacheEffect): CacheEffect {
    if (stream.kind === 'exact' && this.#isReadThrough(node.inputs[1]!.from)) return EXACT;
    return unsafe(`${nameOf(node)} meets other rows of its table, behind a cache`);
  }

  /** Changes of two tables, or of many rows, meet: a row that came and went inside the cache tells nobody that it went. */
  #ofTables(node: LogicalNode, isExact: boolean): CacheEffect {
    if (isExact) return this.#stored(node, EXACT);
    return unsafe(`${nameOf(node)} may have met a row that came and went inside a cache above it`);
  }
}

/** Sessions change as late records join them; aggregations of one cogroup go by times of their own in one store. */
function showsGivenUp({ kind, grouping }: OperationOf<'stream-aggregate' | 'cogroup'>): boolean {
  return grouping.kind === 'session' || (kind === 'cogroup' && grouping.kind !== 'key');
}

function givesUpOnTheEdge(operation: LogicalNode['operation'], retentionMs: number): boolean {
  if (!('grouping' in operation) || operation.grouping.kind !== 'session') return true;
  const { inactivityGapMs, graceMs } = operation.grouping.windows;
  return retentionMs <= inactivityGapMs + graceMs;
}

function nameOf({ operation }: LogicalNode): string {
  if ('name' in operation) return operation.name;
  if ('mergeName' in operation) return operation.mergeName;
  return operation.kind;
}
