import { equalBytes } from '../../lib/bytes.ts';
import { hash128 } from '../../lib/murmur3.ts';
import type { Serde } from '../../serdes/serde.ts';
import { type NodeContext, RunningNode } from '../../topology/running-node.ts';
import type { Fn2 } from '../user-functions.ts';
import { type GetterSpec, makeGetter, type ValueGetter } from '../value-getter.ts';
import type { SubscriptionAnswer } from './subscription-answer.ts';

export type AnswerResolverOptions = {
  readonly join: 'inner' | 'left';
  readonly left: GetterSpec;
  readonly joiner: Fn2;
  readonly valueSerde: Serde<unknown>;
  /** The subscriptions' topic; serdes are told it. */
  readonly topic: string;
};

/** Joins answers with the left rows that asked, where these are still the same. */
export class AnswerResolver extends RunningNode {
  readonly #options: AnswerResolverOptions;
  #rows: ValueGetter | null = null;

  constructor(name: string, options: AnswerResolverOptions) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#rows = makeGetter(this.#options.left, context);
  }

  protected process(key: unknown, answer: SubscriptionAnswer, timestamp: number): void {
    const { join, joiner } = this.#options;
    const row = this.#rows!.get(key);
    const left = row === null ? null : row.value;
    if (!this.#isFor(answer, left)) {
      // The row has changed since it asked: the answer to its newer question is on the way.
      this.context.dropped(this.name, 'stale answer');
      return;
    }
    const { foreignValue } = answer;
    const hasResult = foreignValue !== null || (join === 'left' && left !== null);
    this.forward(key, hasResult ? (joiner(left, foreignValue) ?? null) : null, timestamp);
  }

  #isFor(answer: SubscriptionAnswer, left: unknown): boolean {
    if (left === null || answer.hash === null) return left === null && answer.hash === null;
    const { valueSerde, topic } = this.#options;
    return equalBytes(answer.hash, hash128(valueSerde.serialize(left, topic)));
  }
}
