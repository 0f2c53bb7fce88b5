import { type Closeable, type CloseOptions, MillraceError } from '@millrace/base';
import { Admin } from './admin/admin.ts';
import type { TopicDescription } from './cluster/topic-description.ts';
import type { ClientOptions } from './connection/config.ts';
import { Fetcher } from './fetcher/fetcher.ts';
import type { FetcherOptions } from './fetcher/fetcher-options.ts';
import { GroupMember, type GroupMemberOptions } from './group/group-member.ts';
import { Producer } from './producer/producer.ts';
import type { ProducerOptions } from './producer/producer-options.ts';

/**
 * The connections and the metadata of one cluster, shared by everything that is made from it. What a client made is
 * closed with it.
 */
export class Client implements Closeable {
  readonly admin: Admin = new Admin();

  constructor(options: ClientOptions) {
    void options;
  }

  producer(options: ProducerOptions = {}): Producer {
    return new Producer(options);
  }

  fetcher(options: FetcherOptions = {}): Fetcher {
    return new Fetcher(options);
  }

  groupMember(options: GroupMemberOptions): GroupMember {
    return new GroupMember(options);
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
    void [name, options];
    return Promise.reject(new MillraceError('NOT_IMPLEMENTED', 'not built yet'));
  }

  close(options: CloseOptions = {}): Promise<void> {
    void options;
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
