import type { NodeId } from '../graph/nodes.ts';
import type { Predicate2 } from '../operators/user-functions.ts';
import type { KStream } from './kstream.ts';
import type { Branched } from './options.ts';
import { plainInput, type StreamHandle } from './stream-handle.ts';

/** The branches of a `split()` so far. Their names are the split's name and their own, or their number from 1. */
export class BranchedKStream<K, V> {
  readonly #source: StreamHandle;
  readonly #split: NodeId;
  readonly #splitName: string;
  readonly #branches = new Map<string, KStream<K, V>>();
  #count = 0;

  /** @internal Comes from `KStream#split`. */
  constructor(source: StreamHandle, split: NodeId, splitName: string) {
    this.#source = source;
    this.#split = split;
    this.#splitName = splitName;
  }

  /** Takes the records that no earlier branch took and for which `predicate` holds. */
  branch(predicate: (key: K, value: V) => boolean, options: Branched<KStream<K, V>> = {}): this {
    this.#count++;
    this.#add(predicate, String(this.#count), options);
    return this;
  }

  /** Ends the split: what no branch took goes here. */
  defaultBranch(options: Branched<KStream<K, V>> = {}): ReadonlyMap<string, KStream<K, V>> {
    this.#add(null, '0', options);
    return this.#branches;
  }

  /** Ends the split: what no branch took is dropped. */
  noDefaultBranch(): ReadonlyMap<string, KStream<K, V>> {
    return this.#branches;
  }

  #add(predicate: Predicate2 | null, number: string, options: Branched<KStream<K, V>>): void {
    const { context } = this.#source;
    const name = this.#splitName + (options.name ?? number);
    context.graph.newName(name);
    const node = context.graph.add({ kind: 'branch', name, predicate }, [plainInput(this.#split)]);
    const stream = context.make.stream<K, V>({ ...this.#source, node, name });
    if (options.consume !== undefined) options.consume(stream);
    else this.#branches.set(name, options.apply?.(stream) ?? stream);
  }
}
