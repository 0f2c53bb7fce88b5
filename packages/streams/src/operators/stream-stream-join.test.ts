import { describe, expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import { JoinWindows } from '../windows/join-windows.ts';
import { JoinClocks } from './join-clock.ts';
import { JoinWindow } from './join-window.ts';
import { StreamSelfJoin } from './stream-self-join.ts';
import { StreamJoinSide } from './stream-stream-join.ts';
import { type Arrival, WiredNodes } from './test-support/wired-nodes.ts';
import { unmatchedKeySerde, unmatchedValuesSerde } from './unmatched-serdes.ts';

const string = Serdes.string();
const common = { keySerde: string, engine: 'memory', caching: false, logging: false } as const;

function windowStore(name: string, windows: JoinWindows): StoreSpec {
  const windowSizeMs = windows.sizeMs;
  const retentionMs = windowSizeMs + windows.graceMs;
  const shape = {
    kind: 'window',
    windowSizeMs,
    retentionMs,
    retainDuplicates: true,
    emitsOnClose: false,
    timestamped: false,
  } as const;
  return { ...common, ...shape, name, valueSerde: string };
}

const shared: StoreSpec = {
  ...common,
  kind: 'key-value',
  name: 'shared',
  keySerde: unmatchedKeySerde(string),
  valueSerde: unmatchedValuesSerde(string, string),
  timestamped: false,
};

function pair(left: unknown, right: unknown): string {
  return `${left ?? '-'}+${right ?? '-'}`;
}

class Join {
  readonly wired: WiredNodes;
  readonly #left: JoinWindow;
  readonly #right: JoinWindow;

  constructor(join: 'inner' | 'left' | 'outer', windows: JoinWindows, emitIntervalMs = 0, earlier?: Join) {
    const stores = [windowStore('left', windows), windowStore('right', windows), shared];
    this.wired = new WiredNodes(
      earlier === undefined ? { stores, emitIntervalMs } : { stores, emitIntervalMs, taskStores: earlier.wired.stores },
    );
    const sharedStore = join === 'inner' ? null : 'shared';
    const both = { windows, joiner: pair, sharedStore, clocks: new JoinClocks() };
    const leftSide = { ...both, isLeft: true, isOuter: join !== 'inner', otherStore: 'right' };
    const rightSide = { ...both, isLeft: false, isOuter: join === 'outer', otherStore: 'left' };
    this.#left = this.wired.chain(new JoinWindow('this', 'left'), new StreamJoinSide('join-this', leftSide));
    this.#right = this.wired.chain(new JoinWindow('other', 'right'), new StreamJoinSide('join-other', rightSide));
  }

  left(key: string | null, value: string | null, timestamp: number): Arrival[] {
    this.#left.receive(key, value, timestamp);
    return this.wired.taken();
  }

  right(key: string | null, value: string | null, timestamp: number): Arrival[] {
    this.#right.receive(key, value, timestamp);
    return this.wired.taken();
  }
}

const TEN = JoinWindows.ofTimeDifferenceWithNoGrace(10);

describe('an inner join of streams', () => {
  test('joins records of one key in the window, both ends inclusive, at the later time', () => {
    const join = new Join('inner', TEN);
    expect(join.left('a', 'l1', 100)).toEqual([]);
    expect(join.right('a', 'r1', 110)).toEqual([['a', 'l1+r1', 110]]);
    expect(join.right('a', 'r2', 111)).toEqual([]);
    expect(join.right('b', 'r3', 100)).toEqual([]);
    expect(join.left('a', 'l2', 101)).toEqual([
      ['a', 'l2+r1', 110],
      ['a', 'l2+r2', 111],
    ]);
  });

  test('reaches as far to each side as before and after say', () => {
    const join = new Join('inner', TEN.before(0).after(5));
    join.left('a', 'l', 100);
    expect(join.right('a', 'r1', 99)).toEqual([]);
    expect(join.right('a', 'r2', 105)).toEqual([['a', 'l+r2', 105]]);
    expect(join.right('a', 'r3', 106)).toEqual([]);
  });

  test('keeps each of several equal records', () => {
    const join = new Join('inner', TEN);
    join.left('a', 'l', 100);
    join.left('a', 'l', 100);
    expect(join.right('a', 'r', 100)).toHaveLength(2);
  });

  test('drops null keys and null values, and counts them', () => {
    const join = new Join('inner', TEN);
    expect(join.left(null, 'l', 100)).toEqual([]);
    expect(join.right('a', null, 100)).toEqual([]);
    expect(join.left('a', 'l', 100)).toEqual([]);
    expect(join.wired.drops).toEqual(['null key or value', 'null key or value']);
  });
});

describe('a left or outer join of streams', () => {
  test('emits a record without match only when its window has closed, strictly', () => {
    const join = new Join('left', JoinWindows.ofTimeDifferenceAndGrace(10, 5));
    expect(join.left('a', 'l', 100)).toEqual([]);
    expect(join.right('b', 'r', 115)).toEqual([]);
    expect(join.right('b', 'r', 116)).toEqual([['a', 'l+-', 100]]);
    expect(join.right('b', 'r', 130)).toEqual([]);
  });

  test('a match in time takes back what waited, with all records of the same time', () => {
    const join = new Join('outer', TEN);
    join.left('a', 'l1', 100);
    join.left('a', 'l2', 100);
    expect(join.right('a', 'r', 105)).toEqual([
      ['a', 'l1+r', 105],
      ['a', 'l2+r', 105],
    ]);
    expect(join.left('z', 'l3', 200)).toEqual([]);
  });

  test('keeps several unmatched records of one key and time in their order', () => {
    const join = new Join('outer', TEN);
    join.left('a', 'l1', 100);
    join.left('a', 'l2', 100);
    expect(join.left('z', 'l3', 200)).toEqual([
      ['a', 'l1+-', 100],
      ['a', 'l2+-', 100],
    ]);
  });

  test('the closed windows come before the own results of the record that closes them', () => {
    const join = new Join('outer', TEN);
    join.left('a', 'old', 80);
    join.right('b', 'r', 90);
    expect(join.left('b', 'l', 100)).toEqual([
      ['a', 'old+-', 80],
      ['b', 'l+r', 100],
    ]);
  });

  test('unmatched records leave in the order of time', () => {
    const join = new Join('outer', TEN);
    join.left('b', 'l2', 101);
    join.right('c', 'r1', 100);
    join.left('a', 'l1', 101);
    expect(join.right('z', 'r', 200)).toEqual([
      ['c', '-+r1', 100],
      ['a', 'l1+-', 101],
      ['b', 'l2+-', 101],
    ]);
  });

  test('a record that is behind the stream time looks for no closed windows', () => {
    const join = new Join('left', TEN);
    join.left('a', 'l', 100);
    join.left(null, 'far ahead', 200);
    expect(join.left('b', 'l', 195)).toEqual([]);
    expect(join.left('c', 'l', 200)).toEqual([['a', 'l+-', 100]]);
  });

  test('a record whose window has closed before it came is emitted at once', () => {
    const join = new Join('left', JoinWindows.ofTimeDifferenceAndGrace(10, 1_000));
    join.right('z', 'r', 200);
    expect(join.left('a', 'late', 189)).toEqual([['a', 'late+-', 189]]);
    expect(join.left('a', 'open', 190)).toEqual([]);
  });

  test('a null key is emitted without the other side, on the sides that leave without a match', () => {
    const left = new Join('left', TEN);
    expect(left.left(null, 'l', 100)).toEqual([[null, 'l+-', 100]]);
    expect(left.right(null, 'r', 100)).toEqual([]);
    const outer = new Join('outer', TEN);
    expect(outer.right(null, 'r', 100)).toEqual([[null, '-+r', 100]]);
  });

  test('a null value is dropped, and moves the time all the same', () => {
    const join = new Join('left', TEN);
    join.left('a', 'l', 100);
    expect(join.right('b', null, 200)).toEqual([]);
    expect(join.right('b', 'r', 200)).toEqual([['a', 'l+-', 100]]);
  });

  test('closed windows are looked for once in the interval of wall-clock time', () => {
    const join = new Join('left', TEN, 1_000);
    join.left('a', 'l', 100);
    expect(join.right('z', 'r', 200)).toEqual([]);
    join.wired.clock.advance(999);
    expect(join.right('z', 'r', 200)).toEqual([]);
    join.wired.clock.advance(1);
    expect(join.right('z', 'r', 200)).toEqual([['a', 'l+-', 100]]);
  });

  test('what waited before a restart is emitted behind it', () => {
    const before = new Join('outer', TEN);
    before.left('a', 'l', 100);
    const after = new Join('outer', TEN, 0, before);
    expect(after.right('z', 'r', 200)).toEqual([['a', 'l+-', 100]]);
  });
});

describe('a stream joined with itself over one store', () => {
  function selfJoin(windows: JoinWindows): (value: string, timestamp: number) => Arrival[] {
    const wired = new WiredNodes({ stores: [windowStore('self', windows)] });
    const first = wired.chain(new JoinWindow('window', 'self'), new StreamSelfJoin('merge', 'self', windows, pair));
    return (value, timestamp) => {
      first.receive('k', value, timestamp);
      return wired.taken();
    };
  }

  test('finds each pair from both ends, and each record with itself', () => {
    const join = selfJoin(TEN);
    expect(join('a', 100)).toEqual([['k', 'a+a', 100]]);
    expect(join('b', 105)).toEqual([
      ['k', 'b+a', 105],
      ['k', 'a+b', 105],
      ['k', 'b+b', 105],
    ]);
  });

  test('meets itself before records that are later', () => {
    const join = selfJoin(TEN);
    join('late', 105);
    expect(join('early', 100)).toEqual([
      ['k', 'early+late', 105],
      ['k', 'early+early', 100],
      ['k', 'late+early', 105],
    ]);
  });

  test('does not meet itself when it is too old to be kept', () => {
    const tooOld = selfJoin(TEN);
    tooOld('now', 100);
    expect(tooOld('old', 81)).toEqual([]);
    const kept = selfJoin(TEN);
    kept('now', 100);
    expect(kept('old', 82)).toEqual([['k', 'old+old', 82]]);
  });
});
