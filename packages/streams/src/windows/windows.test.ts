import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JoinWindows } from './join-windows.ts';
import { SessionWindows } from './session-windows.ts';
import { SlidingWindows } from './sliding-windows.ts';
import { firstWindowStart, TimeWindows } from './time-windows.ts';
import { UnlimitedWindows } from './unlimited-windows.ts';

function startsOf(windows: TimeWindows, timestampMs: number): number[] {
  const starts: number[] = [];
  for (let start = firstWindowStart(windows, timestampMs); start <= timestampMs; start += windows.advanceMs) {
    starts.push(start);
  }
  return starts;
}

describe('time windows', () => {
  test('a record is in every aligned window that covers it, and in no other', () => {
    const shape = fc
      .integer({ min: 1, max: 500 })
      .chain((sizeMs) => fc.record({ sizeMs: fc.constant(sizeMs), advanceMs: fc.integer({ min: 1, max: sizeMs }) }));
    fc.assert(
      fc.property(shape, fc.integer({ min: 0, max: 5_000 }), ({ sizeMs, advanceMs }, timestampMs) => {
        const windows = TimeWindows.ofSizeWithNoGrace(sizeMs).advanceBy(advanceMs);
        const naive: number[] = [];
        for (let start = 0; start <= timestampMs; start += advanceMs) {
          if (timestampMs < start + sizeMs) naive.push(start);
        }
        expect(startsOf(windows, timestampMs)).toEqual(naive);
      }),
    );
  });

  test('a duration may be any object that knows its milliseconds', () => {
    expect(TimeWindows.ofSizeWithNoGrace({ toMillis: () => 60_000 }).sizeMs).toBe(60_000);
  });

  test("arguments out of bounds are refused with Kafka Streams' words", () => {
    expect(() => TimeWindows.ofSizeWithNoGrace(0)).toThrow('Window size (sizeMs) must be larger than zero.');
    expect(() => TimeWindows.ofSizeAndGrace(5, -1)).toThrow('Grace period must not be negative.');
    expect(() => TimeWindows.ofSizeWithNoGrace(5).advanceBy(6)).toThrow(
      'Window advancement interval should be more than zero and less than or equal to window duration which is 5 ms, ' +
        'but given advancement interval is: 6 ms',
    );
    expect(() => TimeWindows.ofSizeWithNoGrace(0.5)).toThrow('size must be a whole number of milliseconds');
  });
});

describe('the other windows', () => {
  test("arguments out of bounds are refused with Kafka Streams' words", () => {
    expect(() => SlidingWindows.ofTimeDifferenceWithNoGrace(-1)).toThrow(
      'Window time difference must not be negative.',
    );
    expect(() => SessionWindows.ofInactivityGapWithNoGrace(-1)).toThrow('Gap time cannot be negative.');
    expect(() => JoinWindows.ofTimeDifferenceWithNoGrace(10).before(-11)).toThrow(
      'Window interval (ie, beforeMs+afterMs) must not be negative.',
    );
    expect(() => UnlimitedWindows.of().startOn(-1)).toThrow('Window start time (startMs) cannot be negative.');
  });

  test('a join window may lie wholly before or after the record', () => {
    const windows = JoinWindows.ofTimeDifferenceWithNoGrace(10).before(-4);
    expect([windows.beforeMs, windows.afterMs, windows.sizeMs]).toEqual([-4, 10, 6]);
  });
});
