import { unreachable } from '@millrace/base';
import { type NodeContext, RunningNode } from '../../topology/running-node.ts';
import { type GetterSpec, makeGetter, type ValueGetter } from '../value-getter.ts';
import type { Subscription } from './subscription.ts';
import { answerTo } from './subscription-answer.ts';

/** Answers each subscription with the right row as it is now. */
export class SubscriptionJoin extends RunningNode {
  readonly #foreign: GetterSpec;
  #rows: ValueGetter | null = null;

  constructor(name: string, foreign: GetterSpec) {
    super(name);
    this.#foreign = foreign;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#rows = makeGetter(this.#foreign, context);
  }

  protected process(foreignKey: unknown, subscription: Subscription, timestamp: number): void {
    const { instruction, primaryKey } = subscription;
    if (instruction === 'delete') return;
    const row = foreignKey === null ? null : this.#rows!.get(foreignKey);
    const answerMs = row === null ? timestamp : Math.max(timestamp, row.timestamp);
    switch (instruction) {
      case 'delete-and-answer':
        this.forward(primaryKey, answerTo(subscription, null), answerMs);
        return;
      case 'answer-always':
        this.forward(primaryKey, answerTo(subscription, row === null ? null : row.value), answerMs);
        return;
      case 'answer-if-found':
        if (row !== null) this.forward(primaryKey, answerTo(subscription, row.value), answerMs);
        return;
      default:
        unreachable(instruction);
    }
  }
}
