import { seededRandom } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { type FetchRequest, ZERO_UUID } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { fetchRequest } from '../testing/requests.ts';
import { FetchSessions } from './fetch-sessions.ts';

const NAMES_VERSION = 12;
const IDS_VERSION = 13;

function makeSessions(sessionsMax: number = 1000, partitionsMax: number = 1000) {
  const clock = new FakeClock(0);
  const sessions = new FetchSessions({ clock, random: seededRandom(1), sessionsMax: () => sessionsMax, partitionsMax });
  return { clock, sessions };
}

type Change = { readonly from?: number; readonly forgotten?: readonly number[] };

/** A request for some partitions of the topic `t`. */
function asks(
  sessionId: number,
  sessionEpoch: number,
  partitions: readonly number[],
  change: Change = {},
): FetchRequest {
  const base = fetchRequest('t', 0, change.from ?? 0);
  const [topic] = base.topics;
  const wanted = partitions.map((partition) => ({ ...topic!.partitions[0]!, partition }));
  const { forgotten = [] } = change;
  return {
    ...base,
    sessionId,
    sessionEpoch,
    topics: wanted.length === 0 ? [] : [{ ...topic!, partitions: wanted }],
    forgottenTopicsData: forgotten.length === 0 ? [] : [{ topic: 't', topicId: ZERO_UUID, partitions: [...forgotten] }],
  };
}

const partitionsOf = ({ wanted }: ReturnType<FetchSessions['open']>) =>
  wanted.map(({ partition }) => partition.partition);

test('a session remembers what its first request wants, and takes in what later ones change', () => {
  const { sessions } = makeSessions();
  const first = sessions.open(asks(0, 0, [0, 1, 2]), NAMES_VERSION);
  expect(first.isIncremental).toBe(false);
  const { id } = first.session!;
  const second = sessions.open(asks(id, 1, [1, 3], { from: 42, forgotten: [0] }), NAMES_VERSION);
  expect(second.isIncremental).toBe(true);
  expect(second.session!.id).toBe(id);
  expect(second.wanted.map(({ partition }) => [partition.partition, partition.fetchOffset])).toEqual([
    [1, 42],
    [2, 0],
    [3, 42],
  ]);
  expect(partitionsOf(sessions.open(asks(id, 2, []), NAMES_VERSION))).toEqual([1, 2, 3]);
});

test('a request without a session leaves none behind, and ends the one that it names', () => {
  const { sessions } = makeSessions();
  expect(sessions.open(asks(0, -1, [0]), NAMES_VERSION).session).toBe(null);
  const { id } = sessions.open(asks(0, 0, [0]), NAMES_VERSION).session!;
  expect(sessions.size).toBe(1);
  expect(partitionsOf(sessions.open(asks(id, -1, [0]), NAMES_VERSION))).toEqual([0]);
  expect(sessions.size).toBe(0);
});

test('a new session takes the place of the one that its request names', () => {
  const { sessions } = makeSessions();
  const { id } = sessions.open(asks(0, 0, [0]), NAMES_VERSION).session!;
  const next = sessions.open(asks(id, 0, [1]), NAMES_VERSION).session!;
  expect(next.id).not.toBe(id);
  expect(sessions.size).toBe(1);
});

test.each([
  ['an unknown session', 7, 1, NAMES_VERSION, 'FETCH_SESSION_ID_NOT_FOUND'],
  ['an epoch that was', null, 2, NAMES_VERSION, 'INVALID_FETCH_SESSION_EPOCH'],
  ['an epoch to come', null, 4, NAMES_VERSION, 'INVALID_FETCH_SESSION_EPOCH'],
  ['topic ids in a session of names', null, 3, IDS_VERSION, 'FETCH_SESSION_TOPIC_ID_ERROR'],
])('%s is refused, and the session stays as it was', (_what, sessionId, epoch, version, code) => {
  const { sessions } = makeSessions();
  const { id } = sessions.open(asks(0, 0, [0, 1]), NAMES_VERSION).session!;
  sessions.open(asks(id, 1, []), NAMES_VERSION);
  sessions.open(asks(id, 2, []), NAMES_VERSION);
  const refused = asks(sessionId ?? id, epoch, [5], { forgotten: [0] });
  expect(() => sessions.open(refused, version)).toThrow(expect.objectContaining({ code }));
  expect(partitionsOf(sessions.open(asks(id, 3, []), NAMES_VERSION))).toEqual([0, 1]);
});

test('a session from which everything was forgotten is over', () => {
  const { sessions } = makeSessions();
  const { id } = sessions.open(asks(0, 0, [0]), NAMES_VERSION).session!;
  const context = sessions.open(asks(id, 1, [], { forgotten: [0] }), NAMES_VERSION);
  expect(context).toEqual({ wanted: [], session: null, isIncremental: false });
  expect(sessions.size).toBe(0);
});

test('without room a client is answered without a session, until another was silent for two minutes', () => {
  const { clock, sessions } = makeSessions(2);
  const first = sessions.open(asks(0, 0, [0]), NAMES_VERSION).session!;
  const second = sessions.open(asks(0, 0, [0]), NAMES_VERSION).session!;
  expect(sessions.open(asks(0, 0, [0]), NAMES_VERSION).session).toBe(null);
  clock.advance(120_001);
  sessions.open(asks(first.id, 1, []), NAMES_VERSION);
  expect(sessions.open(asks(0, 0, [0]), NAMES_VERSION).session).not.toBe(null);
  expect(() => sessions.open(asks(second.id, 1, []), NAMES_VERSION)).toThrow();
  expect(partitionsOf(sessions.open(asks(first.id, 2, []), NAMES_VERSION))).toEqual([0]);
});

test('a session that had its time gives way to a larger one, though it is in use', () => {
  const { clock, sessions } = makeSessions(2);
  const small = sessions.open(asks(0, 0, [0]), NAMES_VERSION).session!;
  const large = sessions.open(asks(0, 0, [0, 1, 2]), NAMES_VERSION).session!;
  clock.advance(60_000);
  for (const { id } of [small, large]) sessions.open(asks(id, 1, []), NAMES_VERSION);
  expect(sessions.open(asks(0, 0, [0, 1]), NAMES_VERSION).session).toBe(null);
  clock.advance(60_001);
  for (const { id } of [small, large]) sessions.open(asks(id, 2, []), NAMES_VERSION);
  expect(sessions.open(asks(0, 0, [0]), NAMES_VERSION).session).toBe(null);
  expect(sessions.open(asks(0, 0, [0, 1]), NAMES_VERSION).session).not.toBe(null);
  expect(() => sessions.open(asks(small.id, 3, []), NAMES_VERSION)).toThrow();
});

test('what all sessions remember together is bounded', () => {
  const { sessions } = makeSessions(1000, 20);
  const many = Array.from({ length: 7 }, (_, partition) => partition);
  const [a, b] = [1, 2].map(() => sessions.open(asks(0, 0, many), NAMES_VERSION).session!);
  expect(sessions.open(asks(0, 0, many), NAMES_VERSION).session).toBe(null);
  const more = asks(
    a!.id,
    1,
    Array.from({ length: 7 }, (_, index) => 10 + index),
  );
  expect(() => sessions.open(more, NAMES_VERSION)).toThrow();
  expect(partitionsOf(sessions.open(asks(b!.id, 1, []), NAMES_VERSION))).toHaveLength(7);
  expect(sessions.open(asks(0, 0, many), NAMES_VERSION).session).not.toBe(null);
});

test('a partition that gave records is read after all others the next time', () => {
  const { sessions } = makeSessions();
  const { session, wanted } = sessions.open(asks(0, 0, [0, 1, 2]), NAMES_VERSION);
  session!.moveToEnd(wanted[0]!);
  expect(partitionsOf(sessions.open(asks(session!.id, 1, []), NAMES_VERSION))).toEqual([1, 2, 0]);
});
