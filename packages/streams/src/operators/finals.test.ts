import { describe, expect, test } from 'vitest';
import type { EmitOptions } from '../dsl/emission.ts';
import type { KGroupedStream } from '../dsl/kgrouped-stream.ts';
import type { KStream } from '../dsl/kstream.ts';
import type { KTable } from '../dsl/ktable.ts';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { Windowed } from '../serdes/windowed.ts';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { SessionWindows } from '../windows/session-windows.ts';
import { SlidingWindows } from '../windows/sliding-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';

const strings = { key: Serdes.string(), value: Serdes.string() };
const IDLE_MS = 1_000;

type Options = { readonly late?: (records: KStream<string, string>) => void };
type Count = (
  grouped: KGroupedStream<string, string>,
  emit: EmitOptions,
  options: Options,
) => KTable<Windowed<string>, number>;

/** Each kind of windows, and what its last window is called after a record at 7. */
const KINDS: readonly { readonly kind: string; readonly count: Count; readonly last: string }[] = [
  {
    kind: 'tumbling',
    count: (grouped, emit, options) =>
      grouped.windowedBy(TimeWindows.ofSizeAndGrace(10, 2)).emitStrategy('on-window-close', emit).count(options),
    last: '0-10',
  },
  {
    kind: 'sliding',
    count: (grouped, emit, options) =>
      grouped
        .windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(5, 2))
        .emitStrategy('on-window-close', emit)
        .count(options),
    last: '2-7',
  },
  {
    kind: 'session',
    count: (grouped, emit, options) =>
      grouped
        .windowedBy(SessionWindows.ofInactivityGapAndGrace(5, 2))
        .emitStrategy('on-window-close', emit)
        .count(options),
    last: '7-7',
  },
];

function run(count: Count, emit: EmitOptions) {
  const builder = new StreamsBuilder();
  const finals: string[] = [];
  const late: string[] = [];
  const grouped = builder.stream('in', strings).groupByKey(strings);
  count(grouped, emit, { late: (records) => records.foreach((key, value) => late.push(`${key} ${value}`)) })
    .toStream()
    .foreach(({ key, window }, value) => finals.push(`${key}@${window.startMs}-${window.endMs}: ${value}`));
  const driver = new TopologyTestDriver(builder.build(), { emitIntervalMs: 0 });
  return { driver, input: driver.createInputTopic('in', Serdes.string(), Serdes.string()), finals, late };
}

describe.each(KINDS)('$kind windows that are emitted when they close', ({ count, last }) => {
  test('close when no record has come for a while, once, and what comes for them then is late', () => {
    const { driver, input, finals, late } = run(count, { closeAfterIdle: IDLE_MS });
    input.pipeInput('k', 'v', 7);
    driver.advanceWallClockTime(IDLE_MS / 2);
    expect(finals).toEqual([]);
    for (let look = 0; look < 4; look++) driver.advanceWallClockTime(IDLE_MS / 2);
    expect(finals).toEqual([`k@${last}: 1`]);
    input.pipeInput('k', 'too late', 7);
    expect(late).toEqual(['k too late']);
    for (let look = 0; look < 4; look++) driver.advanceWallClockTime(IDLE_MS / 2);
    expect(finals).toEqual([`k@${last}: 1`]);
  });

  test('stay open while records come, however long it takes', () => {
    const { driver, input, finals } = run(count, { closeAfterIdle: IDLE_MS });
    for (let look = 0; look < 6; look++) {
      input.pipeInput('k', 'v', 7);
      driver.advanceWallClockTime(IDLE_MS / 2);
    }
    expect(finals).toEqual([]);
  });

  test('wait for stream time if nothing else is asked for', () => {
    const { driver, input, finals, late } = run(count, {});
    input.pipeInput('k', 'v', 7);
    for (let look = 0; look < 10; look++) driver.advanceWallClockTime(IDLE_MS);
    expect(finals).toEqual([]);
    input.pipeInput('k', 'v', 1_000);
    expect(finals).toEqual([`k@${last}: 1`]);
    input.pipeInput('k', 'too late', 7);
    expect(late).toEqual(['k too late']);
  });
});

test('an idle time needs windows that leave when they close', () => {
  const windowed = new StreamsBuilder()
    .stream('in', strings)
    .groupByKey(strings)
    .windowedBy(TimeWindows.ofSizeWithNoGrace(1));
  expect(() => windowed.emitStrategy('on-window-update', { closeAfterIdle: 1 })).toThrow('closeAfterIdle');
  expect(() => windowed.emitStrategy('on-window-close', { closeAfterIdle: 0 })).toThrow('above zero');
});
