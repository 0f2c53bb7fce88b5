import type { BrokerConfig } from '../cluster/broker-config.ts';
import { SharePartitions, type SharePartitionsOptions } from './share-partitions.ts';
import type { ShareSession } from './share-session.ts';
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
      const stored = partition.release(session.memberId);
      this.partitions.letGo(key);
      await stored;
    });
    for (const { status } of await Promise.allSettled(released)) {
      if (status === 'fulfilled') continue;
      this.#options.logger.warn('records of a session could not be given back; they are when they are read anew', {
        groupId: session.groupId,
      });
    }
  }

  close(): void {
    this.sessions.close();
    this.partitions.close();
    this.#options.state.close();
  }
}
