import { MillraceError } from '@millrace/base';
import type { Client, GroupMember, OffsetToCommit, Producer } from '@millrace/client';
import type { Header } from '../../state/record-context.ts';
import { type DeliveryListener, MOVED_CODES, type Setback, type StreamsProducer } from './streams-producer.ts';

export type AtLeastOnceProducerOptions = {
  readonly client: Client;
  readonly member: GroupMember;
  readonly deliveryTimeoutMs: number;
  readonly onDelivery: DeliveryListener;
};

/** Records are delivered, then offsets are committed: what fails in between is processed again. */
export class AtLeastOnceProducer implements StreamsProducer {
  readonly #options: AtLeastOnceProducerOptions;
  #producer: Producer;

  constructor(options: AtLeastOnceProducerOptions) {
    this.#options = options;
    this.#producer = this.#create();
  }

  async open(): Promise<void> {}

  get failure(): MillraceError | undefined {
    return this.#producer.failure;
  }

  append(
    topic: string,
    partition: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly Header[],
  ): void {
    this.#producer.append(topic, partition, key, value, timestamp, headers);
  }

  get hasRoom(): boolean {
    return this.#producer.hasRoom;
  }

  waitForRoom(): Promise<void> {
    return this.#producer.waitForRoom();
  }

  flush(): Promise<void> {
    return this.#producer.flush();
  }

  async commit(offsets: readonly OffsetToCommit[]): Promise<void> {
    if (offsets.length > 0) await this.#options.member.commit(offsets);
  }

  /** A producer that failed is followed by a new one: what was not delivered is processed again. */
  async takeBack(): Promise<void> {
    if (this.failure === undefined) return;
    await this.#producer.close({ timeoutMs: 0 });
    this.#producer = this.#create();
  }

  judge(error: unknown): Setback {
    // A producer that failed can't keep the order any more: nothing follows it.
    if (!(error instanceof MillraceError) || this.failure !== undefined) return 'fatal';
    if (MOVED_CODES.has(error.code)) return 'lost';
    return error.retriable ? 'later' : 'fatal';
  }

  async close(timeoutMs: number): Promise<void> {
    await this.#producer.close({ timeoutMs });
  }

  #create(): Producer {
    const { client, onDelivery, deliveryTimeoutMs } = this.#options;
    return client.producer({ onDelivery, deliveryTimeoutMs });
  }
}
