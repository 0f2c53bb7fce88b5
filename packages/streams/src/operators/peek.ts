import { RunningNode } from '../topology/running-node.ts';
import type { Effect } from './user-functions.ts';

/** Calls an effect for each record and, unless it is the end of the stream, lets it pass. */
export class Peek extends RunningNode {
  readonly #effect: Effect;
  readonly #passesOn: boolean;

  constructor(name: string, effect: Effect, passesOn: boolean) {
    super(name);
    this.#effect = effect;
    this.#passesOn = passesOn;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.#effect(key, value);
    if (this.#passesOn) this.forward(key, value, timestamp);
  }
}
