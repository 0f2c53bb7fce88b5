import type { Assignor, Client, GroupAssignment, GroupMember } from '@millrace/client';

/**
 * What the group tells a member, as events that the thread's loop takes when it is ready: the tasks then have one owner
 * at every moment. The round waits until the event was handled.
 */
export type GroupEvent = { readonly settled: () => void } & (
  | { readonly kind: 'assigned'; readonly assignment: GroupAssignment }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'lost' }
);

type EventBody =
  | { readonly kind: 'assigned'; readonly assignment: GroupAssignment }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'lost' };

export type GroupSessionOptions = {
  readonly client: Client;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly assignor: Assignor;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** Called when an event came while the loop may be waiting for records. */
  readonly wake: () => void;
};

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
      topics: options.topics,
      assignors: [options.assignor],
      sessionTimeoutMs: options.sessionTimeoutMs,
      heartbeatIntervalMs: options.heartbeatIntervalMs,
      listener: {
        onAssigned: (assignment) => this.#put({ kind: 'assigned', assignment }),
        onRevoked: () => this.#put({ kind: 'revoked' }),
        onLost: () => this.#put({ kind: 'lost' }),
      },
    });
  }

  /** The next event, if there is one; the caller says `settled` when it has acted on it. */
  take(): GroupEvent | undefined {
    return this.#events.shift();
  }

  /** Leaves the group. The loop must have committed and let go of its tasks: nobody is asked any more. */
  async leave(timeoutMs: number): Promise<void> {
    this.#closed = true;
    for (const event of this.#events.splice(0)) event.settled();
    await this.member.close({ timeoutMs });
  }

  #put(event: EventBody): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#events.push({ ...event, settled: resolve });
      this.#wake();
    });
  }
}
