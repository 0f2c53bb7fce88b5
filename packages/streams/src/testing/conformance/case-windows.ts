import { JoinWindows } from '../../windows/join-windows.ts';
import { SessionWindows } from '../../windows/session-windows.ts';
import { SlidingWindows } from '../../windows/sliding-windows.ts';
import { TimeWindows } from '../../windows/time-windows.ts';
import { UnlimitedWindows } from '../../windows/unlimited-windows.ts';

type Options = Readonly<Record<string, unknown>>;

/** The windows of an aggregation; no `grace` means none. */
export function windowsOf(window: Options): TimeWindows | SlidingWindows | SessionWindows | UnlimitedWindows {
  const size = window.size as number;
  const grace = window.grace as number | undefined;
  switch (window.type) {
    case 'session': {
      const gap = window.gap as number;
      return grace === undefined
        ? SessionWindows.ofInactivityGapWithNoGrace(gap)
        : SessionWindows.ofInactivityGapAndGrace(gap, grace);
    }
    case 'sliding':
      return grace === undefined
        ? SlidingWindows.ofTimeDifferenceWithNoGrace(size)
        : SlidingWindows.ofTimeDifferenceAndGrace(size, grace);
    case 'unlimited':
      return UnlimitedWindows.of();
    default: {
      const windows =
        grace === undefined ? TimeWindows.ofSizeWithNoGrace(size) : TimeWindows.ofSizeAndGrace(size, grace);
      return window.advance === undefined ? windows : windows.advanceBy(window.advance as number);
    }
  }
}

export function joinWindows(window: Options): JoinWindows {
  const size = window.size as number;
  let windows =
    window.grace === undefined
      ? JoinWindows.ofTimeDifferenceWithNoGrace(size)
      : JoinWindows.ofTimeDifferenceAndGrace(size, window.grace as number);
  if (window.before !== undefined) windows = windows.before(window.before as number);
  if (window.after !== undefined) windows = windows.after(window.after as number);
  return windows;
}
