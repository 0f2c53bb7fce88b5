import { NO_HEADERS } from '../state/record-context.ts';
import type { HoldingStore, SessionStore, Windowed } from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';
import type { SessionWindows } from '../windows/session-windows.ts';
import { type Aggregation, aggregated, initialValue } from './aggregate.ts';
import { type Emission, FinalResults, NEVER_EMITTED } from './final-results.ts';
import { StoredTable } from './stored-table.ts';
import type { Fn3 } from './user-functions.ts';

type Sessions = SessionStore<unknown, unknown> & HoldingStore<unknown, unknown>;

type SessionAggregateOptions = {
  readonly storeName: string;
  readonly aggregation: Aggregation;
  readonly merger: Fn3;
  readonly windows: SessionWindows;
  readonly emission: Emission;
  readonly sendsOldValues: boolean;
};

/** Aggregates by key and session: a record joins all sessions within the gap into one. */
export class SessionAggregate extends StoredTable {
  readonly #options: SessionAggregateOptions;
  #store: Sessions | null = null;
  #final: FinalResults | null = null;
  #streamTimeMs = -1;

  constructor(name: string, options: SessionAggregateOptions) {
    super(name, options.sendsOldValues);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#options.storeName) as Sessions;
    const { emission } = this.#options;
    if (emission.kind === 'updates') this.followSessions(this.#store);
    else this.#final = this.#beginFinals(context, emission);
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key === null) {
      this.context.dropped(this.name, 'null key');
      return;
    }
    const { windows } = this.#options;
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    const closeMs = this.#streamTimeMs - windows.graceMs - windows.inactivityGapMs;
    this.#updateSession(key, value, timestamp, closeMs);
    this.#final?.advance(closeMs);
  }

  #updateSession(key: unknown, value: unknown, timestamp: number, closeMs: number): void {
    const store = this.#store!;
    const { aggregation, merger, windows } = this.#options;
    const gapMs = windows.inactivityGapMs;
    const merged: (readonly [Windowed<unknown>, unknown])[] = [];
    let startMs = timestamp;
    let endMs = timestamp;
    let aggregate = initialValue(aggregation);
    for (const found of store.findSessions(key, timestamp - gapMs, timestamp + gapMs)) {
      const [session, sessionValue] = found;
      merged.push(found);
      aggregate = merger(key, aggregate, sessionValue) ?? null;
      startMs = Math.min(startMs, session.window.startMs);
      endMs = Math.max(endMs, session.window.endMs);
    }
    if (endMs < closeMs) {
      this.refuseLate(key, value, timestamp, 'expired session');
      return;
    }
    // A session of this one moment is updated in place; all others are replaced by the merged one.
    if (startMs !== timestamp || endMs !== timestamp) {
      for (const [session, sessionValue] of merged) {
        store.remove(session);
        this.#forwardUpdate(session, null, sessionValue);
      }
    }
    const next = aggregated(aggregation, key, value, aggregate);
    const session = { key, window: { startMs, endMs } };
    store.put(session, next);
    this.#forwardUpdate(session, next, null);
  }

  /** As a new record: in Kafka Streams an update of a session has no headers, and a final result those that close it. */
  #forwardUpdate(session: Windowed<unknown>, next: unknown, old: unknown): void {
    if (this.#final !== null) return;
    const { record } = this.context;
    const { headers } = record;
    record.headers = NO_HEADERS;
    try {
      this.forwardChange(session, next, old, true, session.window.endMs);
    } finally {
      record.headers = headers;
    }
  }

  #beginFinals(context: NodeContext, emission: Extract<Emission, { kind: 'finals' }>): FinalResults {
    const { storeName, windows } = this.#options;
    const store = this.#store!;
    const holds = emission.of === 'all';
    const waitMs = windows.graceMs + windows.inactivityGapMs;
    const final = new FinalResults(this, context, emission, {
      storeName,
      hold: (fromMs) => store.holdFrom(fromMs),
      emit: (emittedCloseMs, closeMs) => {
        if (closeMs <= 0) return null;
        const fromMs = Math.max(emittedCloseMs, 0);
        // Sessions end inclusively: one that ends at the close time may still grow.
        const closed = holds ? store.fetchHeld(fromMs, closeMs - 1) : store.findSessionsByEnd(fromMs, closeMs - 1);
        for (const [session, value] of closed) this.forwardChange(session, value, null, true, session.window.endMs);
        return closeMs;
      },
      closeAll: () => {
        this.#streamTimeMs += waitMs + 1;
        return this.#streamTimeMs - waitMs;
      },
    });
    // What was emitted before a restart is closed, whoever comes first.
    if (final.emittedCloseMs !== NEVER_EMITTED) this.#streamTimeMs = final.emittedCloseMs + waitMs;
    return final;
  }
}
