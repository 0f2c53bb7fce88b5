import { MillraceError } from '@millrace/base';
import type { Client, GroupMember, OffsetToCommit, TransactionalProducer } from '@millrace/client';
import type { Header } from '../../state/record-context.ts';
import { type DeliveryListener, MOVED_CODES, type Setback, type StreamsProducer } from './streams-producer.ts';

export type ExactlyOnceProducerOptions = {
  readonly client: Client;
  readonly member: GroupMember;
  /** One for each thread: a new life of the thread ends what the one before left open. */
  readonly transactionalId: string;
  readonly transactionTimeoutMs: number;
  readonly deliveryTimeoutMs: number;
  readonly onDelivery: DeliveryListener;
};

/** After these the work begins anew from the last commit, by whoever owns the tasks then. */
const STARTED_OVER_CODES = new Set([
  'PRODUCER_FENCED',
  'TRANSACTION_ABORTABLE',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
]);

/**
 * Records, changelogs and offsets of all tasks of a thread are one transaction from commit to commit (exactly_once_v2,
 * KIP-447): readers of committed records see what a commit covers, all of it, once. The group's metadata goes with the
 * offsets, so that a member which lost its tasks is refused.
 */
export class ExactlyOnceProducer implements StreamsProducer {
  readonly #options: ExactlyOnceProducerOptions;
  #producer: TransactionalProducer;

  constructor(options: ExactlyOnceProducerOptions) {
    this.#options = options;
    this.#producer = this.#create();
  }

  async open(): Promise<void> {
    await this.#producer.initTransactions();
  }

  get failure(): MillraceError | undefined {
    return this.#producer.failure;
  }

  /** The first record after a commit begins the next transaction. */
  append(
    topic: string,
    partition: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly Header[],
  ): void {
    if (!this.#producer.isInTransaction) this.#producer.begin();
    this.#producer.append(topic, partition, key, value, timestamp, headers);
  }

  get hasRoom(): boolean {
    return this.#producer.hasRoom;
  }

  waitForRoom(): Promise<void> {
    return this.#producer.waitForRoom();
  }

  async flush(): Promise<void> {
    if (this.#producer.isInTransaction) await this.#producer.flush();
  }

  async commit(offsets: readonly OffsetToCommit[]): Promise<void> {
    if (!this.#producer.isInTransaction) {
      if (offsets.length === 0) return;
      this.#producer.begin();
    }
    await this.#producer.sendOffsets(offsets, this.#options.member.groupMetadata);
    await this.#producer.commit();
  }

  /** Aborts; a producer that cannot even do that is followed by a new one, which ends its transaction first. */
  async takeBack(): Promise<void> {
    if (!this.#producer.isInTransaction && this.failure === undefined) return;
    try {
      await this.#producer.abort();
    } catch {
      await this.#producer.close({ timeoutMs: 0 });
      this.#producer = this.#create();
      await this.#producer.initTransactions();
    }
  }

  /** A commit of which nobody knows what became is found out by starting over, too. */
  judge(error: unknown): Setback {
    if (!(error instanceof MillraceError)) return 'fatal';
    return error.retriable || MOVED_CODES.has(error.code) || STARTED_OVER_CODES.has(error.code) ? 'lost' : 'fatal';
  }

  async close(timeoutMs: number): Promise<void> {
    await this.#producer.close({ timeoutMs });
  }

  #create(): TransactionalProducer {
    const { client, transactionalId, transactionTimeoutMs, deliveryTimeoutMs, onDelivery } = this.#options;
    return client.transactionalProducer({ transactionalId, transactionTimeoutMs, deliveryTimeoutMs, onDelivery });
  }
}
