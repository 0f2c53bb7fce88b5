/**
 * ShareFetch, versions 1–2 (KIP-932). 2: strict limits of records (KIP-1206), renewals (KIP-1222).
 * Deviations: whole batches of the log are read; control batches and aborted transactions are never handed out, not even
 * to be acknowledged as gaps; a partition of a topic that is gone fails by itself (Kafka fails the request).
 */
import type { ShareFetchRequest, ShareFetchResponse, ShareFetchResponsePartitionData } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { shareFetch as fetchShared, type ShareFetched } from '../sharing/share-fetch.ts';
import type { ShareSession } from '../sharing/share-session.ts';
import { FINAL_EPOCH, FIRST_EPOCH } from '../sharing/share-sessions.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { type AcknowledgeResult, acknowledge, checkMayRead, hasAcknowledgements } from './share-acknowledgements.ts';

const RECORD_LIMIT_MODE = 1;

/** One fetch may make the loop read this much, so that no other client waits long for it. */
const FETCH_BYTES_MAX = 4 * 1024 * 1024;

export const shareFetch: BrokerApi = defineApi({
  name: 'ShareFetch',
  async handle(services, request, call) {
    let session: ShareSession;
    try {
      session = openSession(services, request, call);
    } catch (error) {
      return answer({ errorCode: errorCodeOf(error), acquisitionLockTimeoutMs: 0, responses: [] });
    }
    const acknowledging = acknowledge(services, call, session, {
      topics: request.topics,
      isRenewal: request.isRenewAck,
    });
    if (request.shareSessionEpoch === FINAL_EPOCH) {
      const released = services.sharing.release(session);
      const acknowledged = await acknowledging;
      await released;
      return respond(services, session, { acknowledged, fetched: [], isFull: false });
    }
    const fetched = request.isRenewAck ? [] : await fetch(services, session, request, call);
    count(services, fetched);
    const isFull = request.shareSessionEpoch === FIRST_EPOCH;
    const acknowledged = await acknowledging;
    return respond(services, session, { acknowledged, fetched: await settled(fetched), isFull });
  },
});

/** @throws BrokerError where the request is of no session, or makes no sense. */
function openSession({ sharing }: Services, request: ShareFetchRequest, { gone }: Call): ShareSession {
  const { groupId, memberId, shareSessionEpoch: epoch, topics, forgottenTopicsData: forgotten } = request;
  if (groupId === null || groupId === '' || memberId === null || memberId === '') {
    throw new BrokerError('INVALID_REQUEST');
  }
  if (epoch === FIRST_EPOCH && hasAcknowledgements(topics)) throw new BrokerError('INVALID_REQUEST');
  // Who only renews fetches nothing, and says so.
  const wantsRecords = request.maxBytes + request.maxRecords + request.minBytes + request.maxWaitMs > 0;
  if (request.isRenewAck && wantsRecords) throw new BrokerError('INVALID_REQUEST');
  const session = sharing.sessions.fetch({ groupId, memberId, epoch, topics, forgotten, gone });
  sharing.forget(session, forgotten);
  return session;
}

async function fetch(
  services: Services,
  session: ShareSession,
  request: ShareFetchRequest,
  call: Call,
): Promise<readonly ShareFetched[]> {
  const { clock, timers, turns, sharing, memory, config } = services;
  const bytesMax = Math.min(
    request.maxBytes,
    config.number('fetch.max.bytes'),
    FETCH_BYTES_MAX,
    // The more answers lie about that nobody takes, the less there is in this one.
    memory.fetchBytesMax,
  );
  const { maxRecords: recordsMax, batchSize, minBytes, maxWaitMs } = request;
  return await fetchShared({ clock, timers, turns, partitions: sharing.partitions }, session, {
    ...{ bytesMax, recordsMax, batchSize, minBytes, maxWaitMs },
    isStrict: request.shareAcquireMode === RECORD_LIMIT_MODE,
    allocate: call.allocate,
    gone: call.gone,
    checkTopic: (topicId) => checkMayRead(services, call, topicId),
  });
}

function count({ counters }: Services, fetched: readonly ShareFetched[]): void {
  for (const each of fetched) {
    if (each.kind === 'failed') {
      counters.otherTopics.fetchRequests += 1;
      counters.otherTopics.failedFetchRequests += 1;
    } else {
      const topic = counters.topic(each.from.log.topic);
      topic.fetchRequests += 1;
      topic.bytesOut += each.acquired.bytes.byteLength;
    }
  }
}

/** What was found is told when all that it goes by is durable, such as where the group begins to read. */
async function settled(fetched: readonly ShareFetched[]): Promise<ShareFetched[]> {
  return await Promise.all(
    fetched.map(async (each): Promise<ShareFetched> => {
      if (each.kind === 'failed') return each;
      const { topicId, partition } = each;
      try {
        await each.from.settled();
        return each;
      } catch (error) {
        return { kind: 'failed', topicId, partition, errorCode: errorCodeOf(error), errorMessage: null };
      }
    }),
  );
}

type Outcome = {
  readonly acknowledged: readonly AcknowledgeResult[];
  readonly fetched: readonly ShareFetched[];
  /** Whether also partitions of which there is nothing new are told of. */
  readonly isFull: boolean;
};

function respond(
  { groups }: Services,
  { groupId }: ShareSession,
  { acknowledged, fetched, isFull }: Outcome,
): ShareFetchResponse {
  const topics = new Map<string, Map<number, ShareFetchResponsePartitionData>>();
  const put = (topicId: string, data: ShareFetchResponsePartitionData): void => {
    const known = topics.get(topicId);
    if (known === undefined) topics.set(topicId, new Map([[data.partitionIndex, data]]));
    else known.set(data.partitionIndex, data);
  };
  for (const { topicId, partitionIndex, errorCode, errorMessage } of acknowledged) {
    const result = { acknowledgeErrorCode: errorCode, acknowledgeErrorMessage: errorMessage };
    put(topicId, { ...NOTHING, partitionIndex, ...result });
  }
  for (const each of fetched) {
    const { topicId, partition: partitionIndex } = each;
    const known = topics.get(topicId)?.get(partitionIndex);
    const base = known ?? { ...NOTHING, partitionIndex };
    if (each.kind === 'failed') {
      put(topicId, { ...base, errorCode: each.errorCode, errorMessage: each.errorMessage });
      continue;
    }
    const { ranges, bytes } = each.acquired;
    if (ranges.length === 0 && !isFull && known === undefined) continue;
    const acquiredRecords = ranges.map(({ first, last, count }) => ({
      firstOffset: first,
      lastOffset: last,
      deliveryCount: count,
    }));
    put(topicId, { ...base, records: bytes, acquiredRecords });
  }
  return answer({
    errorCode: 0,
    acquisitionLockTimeoutMs: groups.share.delivery(groupId).lockMs,
    responses: [...topics].map(([topicId, partitions]) => ({ topicId, partitions: [...partitions.values()] })),
  });
}

const NOTHING: ShareFetchResponsePartitionData = {
  partitionIndex: 0,
  errorCode: 0,
  errorMessage: null,
  acknowledgeErrorCode: 0,
  acknowledgeErrorMessage: null,
  currentLeader: { leaderId: 0, leaderEpoch: 0 },
  records: new Uint8Array(0),
  acquiredRecords: [],
};

function answer(
  said: Pick<ShareFetchResponse, 'errorCode' | 'acquisitionLockTimeoutMs' | 'responses'>,
): ShareFetchResponse {
  return { throttleTimeMs: 0, errorMessage: null, nodeEndpoints: [], ...said };
}
