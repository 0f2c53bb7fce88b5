import type { BrokerConfig } from '../cluster/broker-config.ts';
import { SharePartitions, type SharePartitionsOptions } from './share-partitions.ts';
import type { ForgottenTopic, SharedPartition, ShareSession } from './share-session.ts';
import { ShareSessions } from './share-sessions.ts';

export type SharingOptions = SharePartitionsOptions & { readonly config: BrokerConfig };

/** Records that several members of a group read side by side (KIP-932): who fetches, and who has what. */
export class Sharing {
  readonly partitions: SharePartitions;
  readonly sessions: ShareSessions;
  readonly #options: SharingOptions;

  constructor(options: SharingOptions) {
    this.#options = options;
    this.partitions = new SharePartitions(options);
    this.sessions = new ShareSessions({
      sessionsMax: () => options.config.number('group.share.max.share.sessions'),
      onAbandoned: (session) => void this.release(session),
    });
  }

  start(): void {
    this.#options.state.start();
  }

  /** Gives back what the member of a session has, which is over. Resolves when that is durable, or has failed. */
  async release(session: ShareSession): Promise<void> {
    const released = [...session.touched].map(async (key) => {
      const partition = this.partitions.find(key);
      if (partition === undefined) return;
      await partition.release(session.memberId);
    });
    this.#letGo(session.groupId, session.partitions);
    for (const { partition, topicId } of session.touched) this.#letGo(session.groupId, [{ topicId, partition }]);
    for (const { status } of await Promise.allSettled(released)) {
      if (status === 'fulfilled') continue;
      this.#options.logger.warn('records of a session could not be given back; they are when they are read anew', {
        groupId: session.groupId,
      });
    }
  }

  /** A member does not fetch from partitions any more: what nobody has a record of need not be in memory. */
  forget(session: ShareSession, forgotten: readonly ForgottenTopic[]): void {
    for (const { topicId, partitions } of forgotten) {
      const list = partitions.map((partition) => ({ topicId, partition }));
      this.#letGo(session.groupId, list);
    }
  }

  #letGo(groupId: string, partitions: readonly SharedPartition[]): void {
    for (const { topicId, partition } of partitions) this.partitions.letGo({ groupId, topicId, partition });
  }

  close(): void {
    this.sessions.close();
    this.partitions.close();
    this.#options.state.close();
  }
}
