import type { Assignor, Client, GroupAssignment, GroupMember, GroupMembership, TopicPartition } from '@millrace/client';

type EventBody =
  /** A round begins: nothing may be committed until it has ended, by `assigned` or `lost`. */
  | { readonly kind: 'joining' }
  /** Partitions of tasks that are to move: a commit is in order now. */
  | { readonly kind: 'revoked'; readonly partitions: readonly TopicPartition[] }
  | { readonly kind: 'assigned'; readonly assignment: GroupAssignment }
  | { readonly kind: 'lost' };

/**
 * What the group tells a member, as events that the thread's loop takes when it is ready: the tasks then have one owner
 * at every moment. The round waits until the event was handled.
 */
export type GroupEvent = EventBody & { readonly settled: () => void };

export type GroupSessionOptions = {
  readonly client: Client;
  readonly groupId: string;
  /** Makes the membership outlive a restart (KIP-345); null: every start is a new member. */
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
  readonly assignor: Assignor;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** Called when an event came while the loop may be waiting for records. */
  readonly wake: () => void;
};

/** `groupMembership` null: members leave, static ones stay. */
export type LeaveOptions = { readonly timeoutMs: number; readonly groupMembership: GroupMembership | null };

/** The membership of one application on one thread. */
export class GroupSession {
  readonly member: GroupMember;
  readonly #wake: () => void;
  readonly #events: GroupEvent[] = [];
  #closed = false;

  constructor(options: GroupSessionOptions) {
    this.#wake = options.wake;
    this.member = options.client.groupMember({
      groupId: options.groupId,
      ...(options.groupInstanceId === null ? {} : { groupInstanceId: options.groupInstanceId }),
      topics: options.topics,
      assignors: [options.assignor],
      sessionTimeoutMs: options.sessionTimeoutMs,
      heartbeatIntervalMs: options.heartbeatIntervalMs,
      listener: {
        onRoundBegins: () => this.#put({ kind: 'joining' }),
        onRevoked: (partitions) => this.#put({ kind: 'revoked', partitions }),
        onAssigned: (assignment) => this.#put({ kind: 'assigned', assignment }),
        onLost: () => this.#put({ kind: 'lost' }),
      },
    });
  }

  /** The next event, if there is one; the caller says `settled` when it has acted on it. */
  take(): GroupEvent | undefined {
    return this.#events.shift();
  }

  /** Ends the membership. The loop must have committed and let go of its tasks: nobody is asked any more. */
  async leave({ timeoutMs, groupMembership }: LeaveOptions): Promise<void> {
    this.#closed = true;
    for (const event of this.#events.splice(0)) event.settled();
    await this.member.close({ timeoutMs, ...(groupMembership === null ? {} : { groupMembership }) });
  }

  #put(event: EventBody): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#events.push({ ...event, settled: resolve });
      this.#wake();
    });
  }
}
