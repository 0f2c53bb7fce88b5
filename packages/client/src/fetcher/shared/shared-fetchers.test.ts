import { setImmediate as nextTurn } from 'node:timers/promises';
import { RecordCursor } from '@millrace/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Mishap, ScriptedLog } from '../../test-support/scripted-log.ts';
import { Sharing } from '../../test-support/sharing.ts';
import type { Fetcher } from '../fetcher.ts';
import type { FetchedPartition } from '../fetcher-options.ts';
import type { SharingLimits } from './shared-reads.ts';

/** Turns of the event loop after which what a step set going waits for the next. */
const TURNS = 3;
const DRAIN_ROUNDS_MAX = 50_000;

type Read = { readonly age: number; readonly offset: number };

function recordsOf({ records, fetchOffset }: FetchedPartition): readonly Read[] {
  const cursor = new RecordCursor(records, { fromOffset: fetchOffset });
  const reads: Read[] = [];
  while (cursor.next()) {
    const [age, offset] = Buffer.from(cursor.value()!).toString().split('/');
    expect(cursor.offset).toBe(Number(offset));
    reads.push({ age: Number(age), offset: cursor.offset });
  }
  return reads;
}

async function turns(count = TURNS): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

/** A fetcher, and what it should see next. */
class Follower {
  readonly fetcher: Fetcher;
  readonly #log: ScriptedLog;
  #at: number;
  #age = 0;
  /** Whether a position may have come to lie outside of the log. */
  mayBeReset: boolean;

  constructor(sharing: Sharing, log: ScriptedLog, start: number, mayBeReset: boolean) {
    this.#log = log;
    this.#at = start;
    this.mayBeReset = mayBeReset || start > log.endOffset;
    this.fetcher = sharing.fetcher(start);
  }

  get position(): number | undefined {
    return this.fetcher.position('scripted', 0);
  }

  seek(offset: number): void {
    this.#at = offset;
    if (offset < this.#log.startOffset || offset > this.#log.endOffset) this.mayBeReset = true;
    this.fetcher.seek('scripted', 0, offset);
  }

  toggle(): void {
    const paused = this.fetcher.isPaused('scripted', 0);
    if (paused) this.fetcher.resume('scripted', 0);
    else this.fetcher.pause('scripted', 0);
  }

  async poll(): Promise<void> {
    for (const fetched of await this.fetcher.poll({ maxWaitMs: 0 })) this.#check(fetched);
  }

  /** The law: each sees exactly the records from its position on, in order. */
  #check(fetched: FetchedPartition): void {
    if (!this.mayBeReset) expect(fetched.fetchOffset).toBe(this.#at);
    const reads = recordsOf(fetched);
    expect(reads.map(({ offset }) => offset)).toEqual(range(fetched.fetchOffset, fetched.nextOffset));
    for (const { age } of reads) {
      // What was read of a topic that is gone comes before what is read of the next one.
      expect(age).toBeGreaterThanOrEqual(this.#age);
      this.#age = age;
    }
    this.#at = fetched.nextOffset;
  }
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);

type Step =
  | { readonly kind: 'append'; readonly count: number }
  | { readonly kind: 'answer'; readonly which: number; readonly mishap: Mishap | null }
  | { readonly kind: 'poll' | 'toggle' | 'leave'; readonly who: number }
  | { readonly kind: 'join'; readonly start: number }
  | { readonly kind: 'seek'; readonly who: number; readonly offset: number }
  | { readonly kind: 'delete'; readonly offset: number }
  | { readonly kind: 'make anew' };

/** From room for nothing over a few batches to room for all. */
const limits = fc.record({
  heldBytesMax: fc.constantFrom(0, 200, 600, 1_000_000),
  meetingMsMax: fc.constantFrom(0, 2, 20),
  answerMsMax: fc.constantFrom(0, 5, 10_000),
});
const who = fc.nat(5);
const offset = fc.nat(60);
const mishap = fc.constantFrom<Mishap>('not leader', 'unknown topic', 'connection lost');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 8 }) }) },
  {
    weight: 16,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      which: fc.nat(5),
      mishap: fc.option(mishap, { freq: 6 }),
    }),
  },
  { weight: 16, arbitrary: fc.record({ kind: fc.constant('poll' as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('toggle' as const, 'leave' as const), who }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('join' as const), start: offset }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('seek' as const), who, offset }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), offset }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('make anew' as const) }) },
);

/** Followers of one log, some of which come and go. */
class Scene {
  readonly log = new ScriptedLog();
  readonly #sharing: Sharing;
  readonly #heldBytesMax: number;
  #followers: Follower[] = [];
  #hasLogChanged = false;

  constructor(limits: Required<SharingLimits>) {
    this.#heldBytesMax = limits.heldBytesMax;
    this.#sharing = new Sharing(this.log, limits);
  }

  async take(step: Step): Promise<void> {
    const { log } = this;
    switch (step.kind) {
      case 'append':
        log.append(step.count);
        break;
      case 'answer':
        log.settle(step.which, step.mishap);
        break;
      case 'join':
        this.#followers.push(new Follower(this.#sharing, log, step.start, this.#hasLogChanged));
        break;
      case 'delete':
        log.deleteBefore(step.offset);
        this.#noteChange();
        break;
      case 'make anew':
        log.makeAnew();
        this.#noteChange();
        break;
      default:
        await this.#move(step);
    }
    expect(this.#sharing.reads.heldBytes).toBeLessThanOrEqual(this.#heldBytesMax);
    await turns();
  }

  async #move(step: Extract<Step, { readonly who: number }>): Promise<void> {
    const follower = this.#followers[step.who];
    if (follower === undefined) return;
    if (step.kind === 'poll') await follower.poll();
    else if (step.kind === 'toggle') follower.toggle();
    else if (step.kind === 'seek') follower.seek(step.offset);
    else {
      this.#followers = this.#followers.filter((other) => other !== follower);
      await follower.fetcher.close();
    }
  }

  #noteChange(): void {
    this.#hasLogChanged = true;
    for (const follower of this.#followers) follower.mayBeReset = true;
  }

  /** Lets everybody read to the end. */
  async drain(): Promise<void> {
    const { log } = this;
    log.append(1);
    log.isPrompt = true;
    for (const { fetcher } of this.#followers) fetcher.resume('scripted', 0);
    for (let round = 0; this.#followers.some(({ position }) => position !== log.endOffset); round++) {
      if (round === DRAIN_ROUNDS_MAX) throw new Error('a follower does not reach the end of the log');
      log.settle(0, null);
      for (const follower of this.#followers) await follower.poll();
      await turns(1);
    }
  }

  async close(): Promise<void> {
    for (const { fetcher } of this.#followers) await fetcher.close();
    expect(this.#sharing.reads.heldBytes).toBe(0);
    await this.#sharing.close();
  }
}

test('whatever happens to others, each follower sees exactly the records from its position on, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), limits, async (steps, limits) => {
      const scene = new Scene(limits);
      try {
        await scene.take({ kind: 'append', count: 5 });
        for (const start of [0, 0, 3]) await scene.take({ kind: 'join', start });
        for (const each of steps) await scene.take(each);
        await scene.drain();
      } finally {
        await scene.close();
      }
    }),
    { numRuns: 100 },
  );
});

/** Three batches of ten records, which one answer holds. */
function logOfThirty(): ScriptedLog {
  const log = new ScriptedLog();
  for (let batch = 0; batch < 3; batch++) log.append(10);
  return log;
}

/** What a fetcher is given next, as stretches of offsets. */
async function next(fetcher: Fetcher): Promise<readonly string[]> {
  const fetched = await fetcher.poll({ maxWaitMs: 5000 });
  return fetched.map(({ fetchOffset, nextOffset }) => `${fetchOffset} to ${nextOffset}`);
}

const nextOfAll = (fetchers: readonly Fetcher[]): Promise<readonly string[][]> =>
  Promise.all(fetchers.map(async (fetcher) => [...(await next(fetcher))]));

/** Waits until so many requests are on the way, and nothing more happens. */
async function requests(log: ScriptedLog, count: number): Promise<void> {
  await expect.poll(() => log.waitingCount, { interval: 1 }).toBe(count);
  await turns(20);
  expect(log.waitingCount).toBe(count);
}

/** Answers all requests that are on the way. */
function answer(log: ScriptedLog): void {
  while (log.waitingCount > 0) log.settle(0, null);
}

test('what several fetchers want is asked for once, and each is given the same bytes', async () => {
  const log = logOfThirty();
  await using sharing = new Sharing(log);
  const fetchers = Array.from({ length: 20 }, () => sharing.fetcher(0));
  await requests(log, 1);
  answer(log);
  const given = await Promise.all(fetchers.map((fetcher) => fetcher.poll()));
  expect(given.map(([fetched]) => fetched?.nextOffset)).toEqual(fetchers.map(() => 30));
  expect(new Set(given.map(([fetched]) => fetched?.records)).size).toBe(1);
  expect(sharing.reads.heldBytes).toBe(0);
  // With one request they all wait at the end now.
  await requests(log, 1);
  expect(log.fetchCount).toBe(2);
});

test('who begins inside what is held for others takes it from there', async () => {
  const log = logOfThirty();
  await using sharing = new Sharing(log);
  const [ahead, behind] = [sharing.fetcher(0), sharing.fetcher(0)];
  behind.pause('scripted', 0);
  await requests(log, 1);
  answer(log);
  expect(await next(ahead)).toEqual(['0 to 30']);
  const between = sharing.fetcher(17);
  expect(await next(between)).toEqual(['17 to 30']);
  behind.resume('scripted', 0);
  expect(await next(behind)).toEqual(['0 to 30']);
  await requests(log, 1);
  expect(log.fetchCount).toBe(2);
});

test('fetchers that begin at different offsets come together', async () => {
  const log = new ScriptedLog();
  for (let batch = 0; batch < 6; batch++) log.append(10);
  await using sharing = new Sharing(log);
  const fetchers = [0, 3, 8, 12, 15].map((start) => sharing.fetcher(start));
  await requests(log, 5);
  answer(log);
  expect(await nextOfAll(fetchers)).toEqual([['0 to 30'], ['3 to 30'], ['8 to 30'], ['12 to 40'], ['15 to 40']]);
  // The first three go on inside what came for the others, who ask for what is behind it.
  await requests(log, 1);
  answer(log);
  expect(await nextOfAll(fetchers)).toEqual([['30 to 40'], ['30 to 40'], ['30 to 40'], ['40 to 60'], ['40 to 60']]);
  await requests(log, 1);
  expect(await nextOfAll(fetchers.slice(0, 3))).toEqual([['40 to 60'], ['40 to 60'], ['40 to 60']]);
  expect(log.fetchCount).toBe(7);
});

test('others ask when the fetcher that asked fails, gives the partition away or is closed', async () => {
  const log = logOfThirty();
  await using sharing = new Sharing(log);
  const fetchers = [sharing.fetcher(0), sharing.fetcher(0), sharing.fetcher(0)];
  await requests(log, 1);
  log.settle(0, 'connection lost');
  await requests(log, 1);
  log.settle(0, 'not leader');
  await requests(log, 1);
  fetchers[0]!.unassign('scripted', 0);
  await fetchers[1]!.close();
  answer(log);
  log.isPrompt = true;
  expect(await next(fetchers[2]!)).toEqual(['0 to 30']);
});

test('a reader who stands still holds up nobody, and holds no more than there is room for', async () => {
  const log = new ScriptedLog();
  log.isPrompt = true;
  await using sharing = new Sharing(log, { heldBytesMax: 2000, meetingMsMax: 0 });
  const [running, still] = [sharing.fetcher(0), sharing.fetcher(0)];
  still.pause('scripted', 0);
  let at = 0;
  for (let round = 0; round < 100; round++) {
    log.append(10);
    while (at < log.endOffset) {
      for (const { fetchOffset, nextOffset } of await running.poll()) {
        expect(fetchOffset).toBe(at);
        at = nextOffset;
      }
      expect(sharing.reads.heldBytes).toBeLessThanOrEqual(2000);
    }
  }
  still.resume('scripted', 0);
  // What is held is what lies before it; from there on it asks for itself.
  expect(await next(still)).toEqual(['0 to 10']);
  for (let reached = 10; reached < log.endOffset; ) {
    for (const { fetchOffset, nextOffset } of await still.poll()) {
      expect(fetchOffset).toBe(reached);
      reached = nextOffset;
    }
  }
});
