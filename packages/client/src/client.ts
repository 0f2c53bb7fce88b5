import type { Closeable, CloseOptions } from '@millrace/base';
import { Admin } from './admin/admin.ts';
import { Cluster } from './cluster/cluster.ts';
import type { TopicDescription } from './cluster/topic-description.ts';
import type { ClientOptions } from './connection/config.ts';
import { makeDialler } from './connection/dialler.ts';
import { settingsOf } from './connection/settings.ts';
import { Consumer } from './consumer/consumer.ts';
import type { ConsumerOptions } from './consumer/consumer-options.ts';
import { Fetcher } from './fetcher/fetcher.ts';
import type { FetcherOptions } from './fetcher/fetcher-options.ts';
import { SharedReads } from './fetcher/shared/shared-reads.ts';
import type { GroupMember } from './group/group-member.ts';
import type { GroupMemberOptions } from './group/group-options.ts';
import { makeGroupMember } from './group/make-group-member.ts';
import { Producer } from './producer/producer.ts';
import type { ProducerOptions } from './producer/producer-options.ts';
import type { TransactionalProducerOptions } from './transactions/transactional-options.ts';
import { TransactionalProducer } from './transactions/transactional-producer.ts';

// An open client keeps the process alive, also while it has no socket because it waits to connect again.
const KEEP_ALIVE_INTERVAL_MS = 2 ** 30;

/**
 * The connections and the metadata of one cluster, shared by everything that is made from it. What a client made is
 * closed with it.
 */
export class Client implements Closeable {
  readonly admin: Admin;
  readonly #cluster: Cluster;
  readonly #sharedReads = new SharedReads();
  readonly #keepAlive: NodeJS.Timeout;
  #partCount = 0;
  #closing: Promise<void> | undefined;

  constructor(options: ClientOptions) {
    const settings = settingsOf(options);
    this.#keepAlive = setInterval(() => {}, KEEP_ALIVE_INTERVAL_MS);
    this.#cluster = new Cluster(makeDialler(options, settings), settings);
    this.admin = new Admin(this.#cluster);
  }

  producer(options: ProducerOptions = {}): Producer {
    return this.#keep(new Producer(this.#cluster, this.#lane('producer'), options));
  }

  /** A producer whose records and offsets count together or not at all; call `initTransactions` first. */
  transactionalProducer(options: TransactionalProducerOptions): TransactionalProducer {
    return this.#keep(new TransactionalProducer(this.#cluster, this.#lane('transactions'), options));
  }

  /**
   * Reads partitions by hand. What fetchers with `shared` read of one partition is asked for once, as long as they are near
   * each other; each still has its own positions, pauses and seeks, and waits for nobody.
   */
  fetcher({ shared = false, ...options }: FetcherOptions & { readonly shared?: boolean } = {}): Fetcher {
    const reads = shared ? this.#sharedReads : null;
    return this.#keep(new Fetcher(this.#cluster, this.#lane('fetcher'), options, reads));
  }

  groupMember(options: GroupMemberOptions): GroupMember {
    return this.#keep(makeGroupMember(this.#cluster, this.#lane('group'), options));
  }

  consumer(options: ConsumerOptions): Consumer {
    return this.#keep(new Consumer(this.#cluster, this.#lane('consumer'), options));
  }

  /**
   * What is known about a topic; asks the cluster if nothing is.
   *
   * @throws MillraceError `UNKNOWN_TOPIC_OR_PARTITION` when it did not appear in time.
   */
  topic(
    name: string,
    options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<TopicDescription> {
    return this.#cluster.awaitTopic(name, options);
  }

  /** Closes what was made from this client, then its connections. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(options: CloseOptions): Promise<void> {
    const closed = await Promise.allSettled([...this.#cluster.parts].map((part) => part.close(options)));
    await this.#cluster.close(options);
    clearInterval(this.#keepAlive);
    const failure = closed.find((result) => result.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  #keep<T extends Closeable>(part: T): T {
    this.#cluster.parts.add(part);
    return part;
  }

  #lane(kind: string): string {
    return `${kind}-${this.#partCount++}`;
  }
}
