import { equalBytes } from '../../lib/bytes.ts';
import { hash128 } from '../../lib/murmur3.ts';
import type { Serde } from '../../serdes/serde.ts';
import { type NodeContext, RunningNode } from '../../topology/running-node.ts';
import type { Fn2 } from '../user-functions.ts';
import { type GetterSpec, makeGetter, type ValueGetter } from '../value-getter.ts';
import type { Response } from './messages.ts';

export type ResponseJoinOptions = {
  readonly leftTable: GetterSpec;
  readonly valueSerde: Serde<unknown>;
  readonly joiner: Fn2;
  readonly isLeft: boolean;
};

/** The left side again: joins an answer with the row that asked, unless the row has changed since. */
export class ResponseJoin extends RunningNode {
  readonly #options: ResponseJoinOptions;
  #rows: ValueGetter | null = null;

  constructor(name: string, options: ResponseJoinOptions) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#rows = makeGetter(this.#options.leftTable, context);
  }

  protected process(key: unknown, answer: Response, timestamp: number): void {
    const { valueSerde, joiner, isLeft } = this.#options;
    const row = this.#rows!.get(key);
    if (!this.#isCurrent(answer.hash, row === null ? null : valueSerde.serialize(row.value, this.name))) {
      this.context.dropped(this.name, 'stale answer');
      return;
    }
    const isDeleted = answer.foreignValue === null && (!isLeft || row === null);
    const result = isDeleted ? null : (joiner(row === null ? null : row.value, answer.foreignValue) ?? null);
    this.forward(key, result, timestamp);
  }

  #isCurrent(hash: Uint8Array | null, valueBytes: Uint8Array | null): boolean {
    if (hash === null || valueBytes === null) return hash === null && valueBytes === null;
    return equalBytes(hash, hash128(valueBytes));
  }
}
