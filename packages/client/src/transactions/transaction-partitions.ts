import type { MillraceError } from '@millrace/base';
import type { BrokerLink } from '../connection/broker-link.ts';
import { asMillraceError } from '../lib/errors.ts';
import { partitionKey, type TopicPartition } from '../lib/topic-partition.ts';
import type { OpenTransaction } from '../producer/open-transaction.ts';
import type { ProducerIdentity } from '../producer/producer-batch.ts';
import { addPartitions, FIRST_PROTOCOL_VERSION_MAX, type TransactionSpeaker } from './transaction-requests.ts';

type TransactionPartitionsOptions = {
  readonly speaker: () => TransactionSpeaker;
  readonly coordinated: <T>(run: (link: BrokerLink) => Promise<T>) => Promise<T>;
  /** More partitions may be written to. */
  readonly onAdded: () => void;
  readonly onFailure: (error: MillraceError) => void;
};

/**
 * The partitions of a transaction. Under the first protocol the coordinator is told of each before anything is written to
 * it, of many at once; under the second the broker notices by itself.
 */
export class TransactionPartitions implements OpenTransaction {
  readonly #options: TransactionPartitionsOptions;
  readonly #added = new Set<string>();
  readonly #wanted = new Map<string, TopicPartition>();
  #isAdding = false;

  constructor(options: TransactionPartitionsOptions) {
    this.#options = options;
  }

  get transactionalId(): string {
    return this.#options.speaker().transactionalId;
  }

  get identity(): ProducerIdentity {
    return this.#options.speaker().identity;
  }

  get produceVersionMax(): number {
    return this.#options.speaker().protocol === 1 ? FIRST_PROTOCOL_VERSION_MAX.Produce : Number.POSITIVE_INFINITY;
  }

  /** Whether the coordinator may know of any. */
  get isUsed(): boolean {
    return this.#added.size > 0 || this.#wanted.size > 0;
  }

  admits(topic: string, partition: number): boolean {
    const key = partitionKey(topic, partition);
    if (this.#added.has(key)) return true;
    if (this.#options.speaker().protocol === 2) {
      this.#added.add(key);
      return true;
    }
    this.#wanted.set(key, { topic, partition });
    if (!this.#isAdding) {
      this.#isAdding = true;
      // Whatever else is ready to be sent in this turn is added with it.
      queueMicrotask(() => void this.#add());
    }
    return false;
  }

  /** The transaction is over. */
  clear(): void {
    this.#added.clear();
    this.#wanted.clear();
  }

  async #add(): Promise<void> {
    try {
      while (this.#wanted.size > 0) {
        const adding = [...this.#wanted];
        await this.#options.coordinated((link) =>
          addPartitions(
            link,
            this.#options.speaker(),
            adding.map(([, partition]) => partition),
          ),
        );
        for (const [key] of adding) {
          this.#wanted.delete(key);
          this.#added.add(key);
        }
        this.#options.onAdded();
      }
    } catch (thrown) {
      this.#options.onFailure(asMillraceError(thrown));
    } finally {
      this.#isAdding = false;
    }
  }
}
