import { type Clock, describeError, type Logger } from '@millrace/base';
import type { TopologyLayout } from '../layout/topology-layout.ts';

export type PatternSubscriptionOptions = {
  readonly layout: TopologyLayout;
  /** The names of all topics that are on the brokers. */
  readonly listTopics: () => Promise<Iterable<string>>;
  readonly subscribe: (topics: readonly string[]) => void;
  /** How old the list may grow. */
  readonly maxAgeMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Keeps the subscription of a topology that reads topics by patterns: looks for topics that came or went. */
export class PatternSubscription {
  readonly #options: PatternSubscriptionOptions;
  #subscribed = '';
  #lookedMs = 0;
  #isLooking = false;

  constructor(options: PatternSubscriptionOptions) {
    this.#options = options;
  }

  /** Subscribes to what there is now. */
  async begin(): Promise<void> {
    if (this.#options.layout.readsPatterns) await this.#look();
  }

  /** Looks again when it is time, beside whatever the caller goes on with. */
  refresh(): void {
    const { layout, clock, maxAgeMs, logger } = this.#options;
    if (!layout.readsPatterns || this.#isLooking || clock.monotonicMs() - this.#lookedMs < maxAgeMs) return;
    this.#isLooking = true;
    this.#look()
      .catch((error: unknown) => {
        logger.warn('the topics of the sources with patterns could not be looked up', { error: describeError(error) });
      })
      .finally(() => {
        this.#isLooking = false;
      });
  }

  async #look(): Promise<void> {
    const { layout, listTopics, subscribe, clock } = this.#options;
    this.#lookedMs = clock.monotonicMs();
    const topics = layout.matching(await listTopics()).sourceTopics;
    const text = topics.join();
    if (text === this.#subscribed) return;
    this.#subscribed = text;
    subscribe(topics);
  }
}
