/**
 * Fetch, versions 4–18. 7: sessions (KIP-227). 9: leader epoch. 11: racks. 12: flexible, diverging epochs (KIP-595).
 * 13: topic ids. 15: replica state. 16: node endpoints (KIP-951). 17: directory ids. 18: high watermark of followers (KIP-1166).
 * Deviations: whole batches only, never a part of one; followers are not served, there are none.
 */
import {
  type FetchRequest,
  type FetchResponse,
  FetchResponseDefaults,
  type FetchResponsePartitionData,
  FetchResponsePartitionDataDefaults,
} from '@millrace/protocol';
import type { Wanted } from '../fetching/fetch-session.ts';
import type { FetchContext } from '../fetching/fetch-sessions.ts';
import { waitForRecords } from '../fetching/wait-for-records.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { endOffsetOf } from '../log/batch-scan.ts';
import type { Isolation, PartitionLog } from '../log/partition-log.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { checkLeaderEpoch, partitionLog, topicNameOf } from './partitions.ts';

const NO_BYTES = new Uint8Array(0);
const READ_COMMITTED = 1;
const TOPIC_ID_VERSION = 13;

/** One fetch may make the loop read this much, so that no other client waits long for it. */
const FETCH_BYTES_MAX = 4 * 1024 * 1024;

type PartitionAnswer = {
  readonly wanted: Wanted;
  /** Null where it could not be read. */
  readonly log: PartitionLog | null;
  readonly data: FetchResponsePartitionData;
};

type Round = {
  readonly answers: readonly PartitionAnswer[];
  readonly bytes: number;
  /** All that could be read, also those of which there is nothing to tell. */
  readonly logs: readonly PartitionLog[];
  /** Whether to answer at once: an error or a divergence must not wait. */
  readonly isUrgent: boolean;
};

export const fetch: BrokerApi = defineApi({
  name: 'Fetch',
  async handle(services, request, call) {
    let context: FetchContext;
    try {
      context = services.fetchSessions.open(request, call.version);
    } catch (error) {
      return { ...FetchResponseDefaults, throttleTimeMs: 0, errorCode: errorCodeOf(error), responses: [] };
    }
    const round = await readEnough(services, request, context, call);
    count(services, round);
    return respond(context, round);
  },
});

function count({ counters }: Services, { answers, logs }: Round): void {
  for (const log of logs) counters.topic(log.topic).fetchRequests += 1;
  for (const { log, data } of answers) {
    if (log !== null) counters.topic(log.topic).bytesOut += data.records?.byteLength ?? 0;
    else {
      counters.otherTopics.fetchRequests += 1;
      counters.otherTopics.failedFetchRequests += 1;
    }
  }
}

/** Reads until there is as much as the client wants, or its time is over. */
async function readEnough(
  services: Services,
  request: FetchRequest,
  context: FetchContext,
  call: Call,
): Promise<Round> {
  const { timers, clock, turns } = services;
  const isolation = isolationOf(request);
  const deadlineMs = clock.monotonicMs() + request.maxWaitMs;
  for (;;) {
    if (turns.isSpent) await turns.turn();
    const round = readAll(services, request, context, call);
    turns.spend(round.bytes);
    const missingBytes = request.minBytes - round.bytes;
    if (missingBytes <= 0 || round.isUrgent || round.logs.length === 0) return round;
    const timeoutMs = deadlineMs - clock.monotonicMs();
    if (timeoutMs <= 0) return round;
    const { logs } = round;
    const changed = await waitForRecords({ timers, logs, isolation, missingBytes, timeoutMs, gone: call.gone });
    // When the time is over, what came in meanwhile is answered even if it is less than was asked for.
    if (!changed) return call.gone.aborted ? round : readAll(services, request, context, call);
  }
}

function respond({ session, isIncremental }: FetchContext, { answers }: Round): FetchResponse {
  const topics = new Map<string, { topic: string; topicId: string; partitions: FetchResponsePartitionData[] }>();
  for (const { wanted, data } of answers) {
    if (session !== null) {
      if (isIncremental && !isNews(wanted, data)) continue;
      wanted.toldHighWatermark = data.errorCode === 0 ? data.highWatermark : -1;
      wanted.toldLogStartOffset = data.logStartOffset;
      if (data.records !== null && data.records.byteLength > 0) session.moveToEnd(wanted);
    }
    const { topic, topicId } = wanted;
    const key = topic === '' ? topicId : topic;
    const known = topics.get(key);
    if (known === undefined) topics.set(key, { topic, topicId, partitions: [data] });
    else known.partitions.push(data);
  }
  const responses = [...topics.values()];
  return { ...FetchResponseDefaults, throttleTimeMs: 0, sessionId: session?.id ?? 0, responses };
}

function isNews(wanted: Wanted, data: FetchResponsePartitionData): boolean {
  return (
    data.errorCode !== 0 ||
    (data.records !== null && data.records.byteLength > 0) ||
    data.highWatermark !== wanted.toldHighWatermark ||
    data.logStartOffset !== wanted.toldLogStartOffset ||
    data.divergingEpoch.endOffset >= 0
  );
}

function readAll(services: Services, request: FetchRequest, context: FetchContext, call: Call): Round {
  // The more answers lie about that nobody takes, the less there is in this one.
  const most = Math.min(FETCH_BYTES_MAX, services.memory.fetchBytesMax);
  const limit = Math.min(request.maxBytes, services.config.number('fetch.max.bytes'), most);
  const logs: PartitionLog[] = [];
  const answers: PartitionAnswer[] = [];
  let bytes = 0;
  let isUrgent = false;
  for (const wanted of context.wanted) {
    try {
      const log = readableLog(services, wanted, call);
      // Most partitions of a long session: they cost no more than this.
      if (context.isIncremental && isQuiet(log, wanted)) {
        logs.push(log);
        continue;
      }
      const data = read(log, wanted, request, { limitBytes: limit - bytes, isFirst: bytes === 0, call });
      logs.push(log);
      bytes += data.records?.byteLength ?? 0;
      if (data.divergingEpoch.endOffset >= 0) isUrgent = true;
      answers.push({ wanted, log, data });
    } catch (error) {
      isUrgent = true;
      if (!(error instanceof BrokerError)) services.logger.error('a read failed', { error: String(error) });
      answers.push({ wanted, log: null, data: failure(wanted.partition.partition, error) });
    }
  }
  return { answers, bytes, logs, isUrgent };
}

/** Whether a client that was told everything is at the end of a log: nothing to read, nothing new, nothing wrong. */
function isQuiet(log: PartitionLog, { partition, toldHighWatermark, toldLogStartOffset }: Wanted): boolean {
  const { fetchOffset, currentLeaderEpoch, lastFetchedEpoch } = partition;
  return (
    fetchOffset === log.highWatermark &&
    fetchOffset === toldHighWatermark &&
    log.logStartOffset === toldLogStartOffset &&
    (currentLeaderEpoch < 0 || currentLeaderEpoch === log.leaderEpoch) &&
    (lastFetchedEpoch < 0 || lastFetchedEpoch === log.leaderEpoch) &&
    log.isOnline
  );
}

/** @throws BrokerError when the partition is unknown, or not for this client to read. */
function readableLog(services: Services, { topic, topicId, partition }: Wanted, call: Call): PartitionLog {
  const name = call.version >= TOPIC_ID_VERSION ? topicNameOf(services, topicId) : topic;
  // Asked here, for a session remembers partitions that the request does not name.
  if (call.rights?.may('Read', 'Topic', name) === false) throw new BrokerError('TOPIC_AUTHORIZATION_FAILED');
  return partitionLog(services, name, partition.partition);
}

function isolationOf({ isolationLevel }: FetchRequest): Isolation {
  return isolationLevel === READ_COMMITTED ? 'committed' : 'uncommitted';
}

function read(
  log: PartitionLog,
  { partition: wanted }: Wanted,
  request: FetchRequest,
  { limitBytes, isFirst, call }: { readonly limitBytes: number; readonly isFirst: boolean; readonly call: Call },
): FetchResponsePartitionData {
  checkLeaderEpoch(log, wanted.currentLeaderEpoch);
  const isolation = isolationOf(request);
  const answer = {
    ...FetchResponsePartitionDataDefaults,
    partitionIndex: wanted.partition,
    errorCode: 0,
    highWatermark: log.highWatermark,
    lastStableOffset: log.lastStableOffset,
    logStartOffset: log.logStartOffset,
    abortedTransactions: isolation === 'committed' ? [] : null,
    records: NO_BYTES,
  };
  const divergence = wanted.lastFetchedEpoch >= 0 ? log.endOfEpoch(wanted.lastFetchedEpoch) : null;
  if (
    divergence !== null &&
    (divergence.epoch < wanted.lastFetchedEpoch || divergence.endOffset < wanted.fetchOffset)
  ) {
    return { ...answer, divergingEpoch: divergence };
  }
  const maxBytes = Math.min(wanted.partitionMaxBytes, limitBytes);
  if (!isFirst && maxBytes <= 0) {
    // No room is left; but an offset out of range must still be told.
    log.checkReadable(wanted.fetchOffset);
    return answer;
  }
  const records = log.read(wanted.fetchOffset, Math.max(maxBytes, 0), isolation, call.allocate);
  // The first batch of an answer comes whole, however large, so that a consumer always gets on.
  if (!isFirst && records.byteLength > maxBytes) return answer;
  const endOffset = isolation === 'committed' ? endOffsetOf(records) : undefined;
  if (endOffset === undefined) return { ...answer, records };
  const aborted = log.abortedTransactions(wanted.fetchOffset, endOffset);
  return {
    ...answer,
    records,
    abortedTransactions: aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset })),
  };
}

function failure(partitionIndex: number, error: unknown): FetchResponsePartitionData {
  return {
    ...FetchResponsePartitionDataDefaults,
    partitionIndex,
    errorCode: errorCodeOf(error),
    highWatermark: -1,
    records: NO_BYTES,
  };
}
