import { assert } from '@millrace/base';

/** The life of an application instance, in Kafka Streams' words. */
export type KafkaStreamsState =
  | 'CREATED'
  | 'REBALANCING'
  | 'RUNNING'
  | 'PENDING_SHUTDOWN'
  | 'NOT_RUNNING'
  | 'PENDING_ERROR'
  | 'ERROR';

const MOVES: Readonly<Record<KafkaStreamsState, readonly KafkaStreamsState[]>> = {
  CREATED: ['REBALANCING', 'PENDING_SHUTDOWN', 'PENDING_ERROR'],
  REBALANCING: ['RUNNING', 'PENDING_SHUTDOWN', 'PENDING_ERROR'],
  RUNNING: ['REBALANCING', 'PENDING_SHUTDOWN', 'PENDING_ERROR'],
  PENDING_SHUTDOWN: ['NOT_RUNNING'],
  NOT_RUNNING: [],
  PENDING_ERROR: ['ERROR'],
  ERROR: [],
};

/** Between its start and its end, whether tasks are being shared out or not. (Kafka Streams: isRunningOrRebalancing.) */
export function isRunningOrRebalancing(state: KafkaStreamsState): boolean {
  return state === 'RUNNING' || state === 'REBALANCING';
}

export type StateListener = (newState: KafkaStreamsState, oldState: KafkaStreamsState) => void;

export class ClientState {
  readonly #listeners = new Set<StateListener>();
  #current: KafkaStreamsState = 'CREATED';

  get current(): KafkaStreamsState {
    return this.#current;
  }

  /** Returns the way to stop listening. */
  listen(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether it went there: a closing instance does not come back because a rebalance ended. */
  tryMove(to: KafkaStreamsState): boolean {
    if (to === this.#current || !MOVES[this.#current].includes(to)) return false;
    this.move(to);
    return true;
  }

  move(to: KafkaStreamsState): void {
    const from = this.#current;
    assert(MOVES[from].includes(to), `an application cannot go from ${from} to ${to}`);
    this.#current = to;
    for (const listener of this.#listeners) listener(to, from);
  }
}
