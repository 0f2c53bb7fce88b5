/**
 * Fetch, versions 4–17. 7: sessions (KIP-227). 9: leader epoch. 11: racks. 12: flexible, diverging epochs (KIP-595).
 * 13: topic ids. 15: replica state. 16: node endpoints (KIP-951). 17: directory ids.
 * Deviations: every answer is full and opens no session (id 0), which clients must cope with; whole batches only, never a
 * part of one; followers are not served, there are none.
 */
import {
  type FetchRequest,
  FetchRequestDefaults,
  type FetchRequestFetchPartition,
  type FetchRequestFetchTopic,
  type FetchResponse,
  FetchResponseDefaults,
  type FetchResponseFetchableTopicResponse,
  type FetchResponsePartitionData,
  FetchResponsePartitionDataDefaults,
} from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { endOffsetOf } from '../log/batch-scan.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { waitForRecords } from '../waiting/wait-for-records.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { checkLeaderEpoch, partitionLog, topicNameOf } from './partitions.ts';

const NO_BYTES = new Uint8Array(0);
const READ_COMMITTED = 1;

/** One fetch may make the loop read this much, so that no other client waits long for it. */
const FETCH_BYTES_MAX = 16 * 1024 * 1024;

type Round = {
  readonly responses: FetchResponseFetchableTopicResponse[];
  readonly bytes: number;
  readonly logs: readonly PartitionLog[];
  /** Whether to answer at once: an error or a divergence must not wait. */
  readonly isUrgent: boolean;
};

export const fetch: BrokerApi = defineApi({
  name: 'Fetch',
  async handle(services, request, call) {
    const refused = checkSession(request);
    if (refused !== 0) return { ...FetchResponseDefaults, throttleTimeMs: 0, errorCode: refused, responses: [] };
    const deadlineMs = services.clock.monotonicMs() + request.maxWaitMs;
    for (;;) {
      const round = readAll(services, request, call);
      const missingBytes = request.minBytes - round.bytes;
      if (missingBytes <= 0 || round.isUrgent || round.logs.length === 0) return respond(round);
      const timeoutMs = deadlineMs - services.clock.monotonicMs();
      const { timers } = services;
      const changed = await waitForRecords({ timers, logs: round.logs, missingBytes, timeoutMs, gone: call.gone });
      // When the time is over, what came in meanwhile is answered even if it is less than was asked for.
      if (!changed) return respond(call.gone.aborted ? round : readAll(services, request, call));
    }
  },
});

function respond(round: Round): FetchResponse {
  return { ...FetchResponseDefaults, throttleTimeMs: 0, responses: round.responses };
}

/** Sessions are not kept, so only the requests that need none are right. */
function checkSession(request: FetchRequest): number {
  if (request.sessionId === FetchRequestDefaults.sessionId) return 0;
  return new BrokerError('FETCH_SESSION_ID_NOT_FOUND').errorCode;
}

function readAll(services: Services, request: FetchRequest, call: Call): Round {
  const limit = Math.min(request.maxBytes, services.config.number('fetch.max.bytes'), FETCH_BYTES_MAX);
  const logs: PartitionLog[] = [];
  let bytes = 0;
  let isUrgent = false;
  const readPartition = (topic: FetchRequestFetchTopic, wanted: FetchRequestFetchPartition) => {
    try {
      const name = call.version >= 13 ? topicNameOf(services, topic.topicId) : topic.topic;
      const log = partitionLog(services, name, wanted.partition);
      const answer = read(log, wanted, request, { limitBytes: limit - bytes, isFirst: bytes === 0, call });
      logs.push(log);
      bytes += answer.records?.byteLength ?? 0;
      if (answer.divergingEpoch.endOffset >= 0) isUrgent = true;
      return answer;
    } catch (error) {
      isUrgent = true;
      if (!(error instanceof BrokerError)) services.logger.error('a read failed', { error: String(error) });
      return failure(wanted.partition, error);
    }
  };
  const responses = request.topics.map((topic) => ({
    topic: topic.topic,
    topicId: topic.topicId,
    partitions: topic.partitions.map((wanted) => readPartition(topic, wanted)),
  }));
  return { responses, bytes, logs, isUrgent };
}

function read(
  log: PartitionLog,
  wanted: FetchRequestFetchPartition,
  request: FetchRequest,
  { limitBytes, isFirst, call }: { readonly limitBytes: number; readonly isFirst: boolean; readonly call: Call },
): FetchResponsePartitionData {
  checkLeaderEpoch(log, wanted.currentLeaderEpoch);
  const isolation = request.isolationLevel === READ_COMMITTED ? 'committed' : 'uncommitted';
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
    log.read(wanted.fetchOffset, 0);
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
