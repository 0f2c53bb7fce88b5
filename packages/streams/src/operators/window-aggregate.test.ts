import { expect, test } from 'vitest';
import type { StreamsBuilder } from '../dsl/streams-builder.ts';
import type { EmitStrategy } from '../graph/nodes.ts';
import { SessionWindows } from '../windows/session-windows.ts';
import { SlidingWindows } from '../windows/sliding-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import { UnlimitedWindows } from '../windows/unlimited-windows.ts';
import { runViews, shownKey } from './test-support/three-views.ts';

type Aligned = TimeWindows | SlidingWindows | UnlimitedWindows;

const concat = (_key: string, value: string, aggregate: string) => aggregate + value;

function windowed(windows: Aligned, emit: EmitStrategy = 'on-window-update') {
  return (builder: StreamsBuilder): void => {
    const grouped = builder.stream<string, string>('in').groupByKey();
    const table = grouped
      .windowedBy(windows)
      .emitStrategy(emit)
      .aggregate(() => '', concat, { as: 'w' });
    table
      .toStream()
      .selectKey((key) => shownKey(key))
      .to('out');
  };
}

function sessions(windows: SessionWindows, emit: EmitStrategy = 'on-window-update') {
  return (builder: StreamsBuilder): void => {
    const grouped = builder.stream<string, string>('in').groupByKey();
    const table = grouped
      .windowedBy(windows)
      .emitStrategy(emit)
      .aggregate(
        () => '',
        concat,
        (_key, a, b) => `${a}|${b}`,
        { as: 's' },
      );
    table
      .toStream()
      .selectKey((key) => shownKey(key))
      .to('out');
  };
}

test('a record updates every window that covers it, earliest first', () => {
  const views = runViews(windowed(TimeWindows.ofSizeWithNoGrace(10).advanceBy(5)), ['in a=1 @12']);
  expect(views.outputs).toEqual(['out a@5/15=1 @12', 'out a@10/20=1 @12']);
  expect(views.stores.w).toEqual(['a@5/15=1 @12', 'a@10/20=1 @12']);
});

test('a late record reaches the windows that are still open, and no others', () => {
  const steps = ['in a=1 @20', 'in a=2 @9', 'in a=3 @11'];
  const views = runViews(windowed(TimeWindows.ofSizeAndGrace(10, 5)), steps);
  expect(views.outputs).toEqual(['out a@20/30=1 @20', 'out a@10/20=3 @11']);
});

test('a window without end takes everything from its start', () => {
  const views = runViews(windowed(UnlimitedWindows.of()), ['in a=1 @0', 'in a=2 @1000000']);
  expect(views.outputs).toEqual(['out a@0/9007199254740991=1 @0', 'out a@0/9007199254740991=12 @1000000']);
});

test('on close each window leaves once, in order of start and key, and a jump of time loses none', () => {
  const steps = ['in b=1 @1', 'in a=2 @2', 'in b=3 @3', 'in a=4 @12', 'in z=5 @5000'];
  const views = runViews(windowed(TimeWindows.ofSizeWithNoGrace(10), 'on-window-close'), steps);
  expect(views.outputs).toEqual(['out a@0/10=2 @2', 'out b@0/10=13 @3', 'out a@10/20=4 @12']);
});

test('like Kafka, on close loses windows that fall out of the retention with the record that closes them', () => {
  const steps = ['in b=1 @1', 'in a=4 @22', 'in z=5 @5000'];
  const views = runViews(windowed(TimeWindows.ofSizeWithNoGrace(10), 'on-window-close-like-kafka'), steps);
  expect(views.outputs).toEqual([]);
});

test('final results are looked for once an interval, and what must wait outlives the retention', () => {
  const steps = ['in a=1 @1', 'in a=2 @11', 'in a=3 @500', { wallClock: 1000 }, 'in a=4 @502'];
  const build = windowed(TimeWindows.ofSizeWithNoGrace(10), 'on-window-close');
  const views = runViews(build, steps, { emitIntervalMs: 1000 });
  expect(views.outputs).toEqual(['out a@0/10=1 @1', 'out a@10/20=2 @11']);
  expect(views.outputs.map(views.stepOf)).toEqual([4, 4]);
});

test('sliding windows hold what lies within the difference of each record, in any order of arrival', () => {
  const windows = SlidingWindows.ofTimeDifferenceAndGrace(5, 100);
  const inOrder = runViews(windowed(windows), ['in a=1 @10', 'in a=2 @13', 'in a=3 @20']).stores.w;
  const shuffled = runViews(windowed(windows), ['in a=3 @20', 'in a=1 @10', 'in a=2 @13']).stores.w;
  expect(inOrder).toEqual(['a@5/10=1 @10', 'a@8/13=12 @13', 'a@11/16=2 @13', 'a@15/20=3 @20']);
  expect(shuffled).toEqual(['a@5/10=1 @10', 'a@8/13=12 @13', 'a@11/16=2 @13', 'a@15/20=3 @20']);
});

test('sliding windows drop null values, fixed ones aggregate them', () => {
  const steps = ['in a= @10'];
  expect(runViews(windowed(SlidingWindows.ofTimeDifferenceWithNoGrace(5)), steps).outputs).toEqual([]);
  expect(runViews(windowed(TimeWindows.ofSizeWithNoGrace(10)), steps).outputs).toHaveLength(1);
});

test('a record between two sessions makes one of them, and deletes those that were', () => {
  const steps = ['in a=1 @0', 'in a=2 @10', 'in a=3 @5'];
  const views = runViews(sessions(SessionWindows.ofInactivityGapAndGrace(5, 10)), steps);
  expect(views.outputs).toEqual([
    'out a@0/0=1 @0',
    'out a@10/10=2 @10',
    'out a@0/0= @0',
    'out a@10/10= @10',
    'out a@0/10=|1|23 @10',
  ]);
  expect(views.stores.s).toEqual(['a@0/10=|1|23']);
});

test('an old record counts if it joins a session that is still open', () => {
  const steps = ['in a=1 @20', 'in a=2 @15', 'in a=3 @2'];
  const views = runViews(sessions(SessionWindows.ofInactivityGapWithNoGrace(5)), steps);
  expect(views.outputs.at(-1)).toBe('out a@15/20=|12 @20');
});

test('on close a session leaves once its gap and grace have passed', () => {
  const steps = ['in a=1 @0', 'in a=2 @4', 'in b=3 @9', 'in b=4 @10', 'in z=5 @100'];
  const views = runViews(sessions(SessionWindows.ofInactivityGapWithNoGrace(5), 'on-window-close'), steps);
  expect(views.outputs).toEqual(['out a@0/4=|12 @4', 'out b@9/10=|34 @10']);
});
