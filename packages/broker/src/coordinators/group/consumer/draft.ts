import type { GroupChange } from './changes.ts';
import { ConsumerGroupState, type ConsumerGroupView } from './group-state.ts';

/**
 * A decision in the making: changes in their order, and the group as it will be after them. The group itself stays as it
 * is. The copy is only made when somebody looks at the group after a change, which most heartbeats never do.
 */
export class Draft {
  readonly #changes: GroupChange[] = [];
  readonly #base: ConsumerGroupState;
  #copy: ConsumerGroupState | null = null;
  #applied = 0;

  constructor(base: ConsumerGroupState) {
    this.#base = base;
  }

  get changes(): readonly GroupChange[] {
    return this.#changes;
  }

  /** The group after the changes so far. */
  get group(): ConsumerGroupView {
    if (this.#applied === this.#changes.length) return this.#copy ?? this.#base;
    this.#copy ??= ConsumerGroupState.from(this.#base);
    while (this.#applied < this.#changes.length) this.#copy.apply(this.#changes[this.#applied++]!);
    return this.#copy;
  }

  add(...changes: readonly GroupChange[]): void {
    this.#changes.push(...changes);
  }
}
