import type { Grouping } from '../../graph/nodes.ts';
import type { Fn0, Fn3 } from '../../operators/user-functions.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { SessionWindows } from '../../windows/session-windows.ts';
import type { TimeWindows } from '../../windows/time-windows.ts';
import { UNLIMITED_END_MS, type UnlimitedWindows } from '../../windows/unlimited-windows.ts';
import type { NodeOf } from './model.ts';
import { type Observation, type Passed, passedAt } from './observation.ts';
import { into } from './probe.ts';
import { keyTextOf } from './read-rows.ts';
import { throughBytes } from './user-function-facts.ts';

/** A row as it should be. */
export type RecomputedRow = {
  /** With its window, if the aggregation has windows. */
  readonly key: unknown;
  value: unknown;
  readonly taskId: string;
  /** What the store's retention goes by: the window's start, or the session's end. */
  readonly timeMs: number | null;
};

export type Recomputed = {
  readonly rows: ReadonlyMap<string, RecomputedRow>;
  /** The highest time that the operator has seen, by task. */
  readonly streamTimeMs: ReadonlyMap<string, number>;
  /** The highest time of a row that was written or deleted. */
  readonly latestMs: number;
};

type Input = Passed & { readonly node: string; readonly aggregator: Fn3 };

/** Aggregates the log of what reached an aggregation, in plain maps and by the definition of its windows. */
export function recompute(
  { operation }: NodeOf<'stream-aggregate' | 'cogroup'>,
  spec: StoreSpec,
  observation: Observation,
): Recomputed {
  const { grouping } = operation;
  const work = new Recomputation(
    spec,
    operation.kind === 'cogroup' ? operation.initializer : operation.aggregation.initializer,
  );
  const inputs =
    operation.kind === 'cogroup'
      ? operation.names.flatMap((node, index) =>
          passedAt(observation, into(node)).map((passed) => ({
            ...passed,
            node,
            aggregator: operation.aggregators[index]!,
          })),
        )
      : passedAt(observation, into(operation.name)).map((passed) => ({
          ...passed,
          node: operation.name,
          aggregator: operation.aggregation.aggregator,
        }));
  for (const input of inputs.sort((a, b) => a.sequence - b.sequence)) {
    if (input.key !== null) work.accept(input, grouping);
  }
  return work;
}

class Recomputation implements Recomputed {
  readonly rows = new Map<string, RecomputedRow>();
  readonly streamTimeMs = new Map<string, number>();
  latestMs = -1;
  readonly #latestOfTask = new Map<string, number>();
  readonly #spec: StoreSpec;
  readonly #initializer: Fn0 | null;

  constructor(spec: StoreSpec, initializer: Fn0 | null) {
    this.#spec = spec;
    this.#initializer = initializer;
  }

  accept(input: Input, grouping: Grouping): void {
    switch (grouping.kind) {
      case 'key':
        if (input.value !== null) this.#add(input, input.key, null);
        break;
      case 'time':
        this.#acceptInWindows(input, grouping.windows);
        break;
      case 'session':
        this.#acceptInSession(input, grouping.windows, grouping.merger);
        break;
      case 'sliding':
        break;
    }
  }

  /** Each operator follows time by itself: aggregations of one cogroup do not share it. */
  #timeAt({ node, taskId, timestamp }: Input): number {
    const name = `${node} ${taskId}`;
    const timeMs = Math.max(this.streamTimeMs.get(name) ?? -1, timestamp);
    this.streamTimeMs.set(name, timeMs);
    this.streamTimeMs.set(taskId, timeMs);
    return timeMs;
  }

  #acceptInWindows(input: Input, windows: TimeWindows | UnlimitedWindows): void {
    const closedUntilMs = this.#timeAt(input) - windows.graceMs;
    const { timestamp, key } = input;
    if (windows.kind === 'unlimited') {
      const window = { startMs: windows.startMs, endMs: UNLIMITED_END_MS };
      if (timestamp >= windows.startMs) this.#add(input, { key, window }, windows.startMs);
      return;
    }
    const { sizeMs, advanceMs } = windows;
    const latestStartMs = timestamp - (timestamp % advanceMs);
    const starts: number[] = [];
    for (let startMs = latestStartMs; startMs >= 0 && startMs + sizeMs > timestamp; startMs -= advanceMs) {
      if (startMs + sizeMs > closedUntilMs) starts.unshift(startMs);
    }
    for (const startMs of starts) this.#add(input, { key, window: { startMs, endMs: startMs + sizeMs } }, startMs);
  }

  #acceptInSession(input: Input, windows: SessionWindows, merger: Fn3): void {
    const { inactivityGapMs: gapMs, graceMs } = windows;
    const closedUntilMs = this.#timeAt(input) - graceMs - gapMs;
    const { key, timestamp, taskId } = input;
    const keyText = keyTextOf(this.#spec, { key, window: { startMs: 0, endMs: 0 } });
    const keptMs = this.#spec.kind === 'session' ? this.#spec.retentionMs : Number.POSITIVE_INFINITY;
    const near = [...this.rows].filter(([, row]) => {
      const session = row.key as { key: unknown; window: { startMs: number; endMs: number } };
      const { startMs, endMs } = session.window;
      const isSameKey = keyTextOf(this.#spec, { key: session.key, window: { startMs: 0, endMs: 0 } }) === keyText;
      // What the store has given up cannot be met any more.
      const isKept = endMs > (this.#latestOfTask.get(taskId) ?? -1) - keptMs;
      return isSameKey && isKept && row.taskId === taskId && endMs >= timestamp - gapMs && startMs <= timestamp + gapMs;
    });
    const windowOf = ([, row]: (typeof near)[number]) =>
      (row.key as { window: { startMs: number; endMs: number } }).window;
    near.sort((a, b) => windowOf(a).startMs - windowOf(b).startMs);
    const startMs = Math.min(timestamp, ...near.map((session) => windowOf(session).startMs));
    const endMs = Math.max(timestamp, ...near.map((session) => windowOf(session).endMs));
    if (endMs < closedUntilMs) return;
    let aggregate: unknown = this.#initializer?.() ?? null;
    for (const [text, row] of near) {
      aggregate = merger(key, aggregate, this.#copied(row.value)) ?? null;
      this.rows.delete(text);
    }
    const next = this.#next(input, aggregate);
    this.#set({ key, window: { startMs, endMs } }, next, taskId, endMs);
  }

  #add(input: Input, key: unknown, timeMs: number | null): void {
    const before = this.#copied(this.rows.get(keyTextOf(this.#spec, key))?.value);
    this.#set(key, this.#next(input, before ?? this.#initializer?.() ?? null), input.taskId, timeMs);
  }

  #next({ key, value, aggregator }: Input, before: unknown): unknown {
    const isFirst = this.#initializer === null && before === null;
    return this.#copied(isFirst ? value : aggregator(key, value, before));
  }

  #set(key: unknown, value: unknown, taskId: string, timeMs: number | null): void {
    const keyText = keyTextOf(this.#spec, key);
    this.latestMs = Math.max(this.latestMs, timeMs ?? -1);
    this.#latestOfTask.set(taskId, Math.max(this.#latestOfTask.get(taskId) ?? -1, timeMs ?? -1));
    if (value === null) this.rows.delete(keyText);
    else this.rows.set(keyText, { key, value, taskId, timeMs });
  }

  #copied(value: unknown): unknown {
    return throughBytes(this.#spec.valueSerde, value);
  }
}

/** From when on a store must still have its rows; for one without retention always. */
export function keptFromMs(spec: StoreSpec, timesMs: Iterable<number | null>): number {
  if (spec.kind !== 'window' && spec.kind !== 'session') return Number.NEGATIVE_INFINITY;
  let latestMs = Number.NEGATIVE_INFINITY;
  for (const timeMs of timesMs) latestMs = Math.max(latestMs, timeMs ?? 0);
  return latestMs - spec.retentionMs;
}
