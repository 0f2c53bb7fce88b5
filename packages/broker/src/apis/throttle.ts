import type { ApiName, ApiTypes } from '@millrace/protocol';
import type { ClientQuotas, QuotaClient } from '../security/quota/client-quotas.ts';
import type { Throttler } from '../security/quota/throttler.ts';
import type { Call, Services } from './api.ts';
import {
  changesPartitions,
  isStrict,
  type Reduced,
  reduceCreatePartitions,
  reduceCreateTopics,
  reduceDeleteTopics,
} from './mutation-quota.ts';

type Request = ApiTypes[ApiName]['request'];
type Response = ApiTypes[ApiName]['response'];

/**
 * Carries out a request within the quotas of its client. The answer says how long the client should wait, and its
 * connection is not read for as long, in case it does not.
 *
 * (Kafka answers a fetch above its quota with nothing and a time to wait. Here it gets its bytes, and waits after them:
 * the rate is the same, and nothing is read twice.)
 */
export async function withinQuotas(
  { name, services, request, call }: { name: ApiName; services: Services; request: unknown; call: Call },
  throttler: Throttler,
  run: (request: unknown) => unknown,
): Promise<unknown> {
  const { quotas, user } = throttler;
  const client = { user, clientId: call.clientId };
  const startedMs = services.clock.monotonicMs();
  const take = (partitions: number): boolean => quotas.takeMutations(client, partitions, isStrict(name, call.version));
  const reduced = reduce(name, services, request as Request, take, quotas.burstOf('consumer_byte_rate', client));
  const answered = run(reduced.request);
  // Only the time in which nobody else is served counts.
  const tookMs = services.clock.monotonicMs() - startedMs;
  const response = reduced.finish((await answered) as Response);
  const throttleTimeMs = Math.max(
    chargeBytes(name, quotas, client, request as Request, response),
    changesPartitions(name) ? quotas.mutationsOverdueMs(client) : 0,
    quotas.recordTime(client, tookMs),
  );
  if (throttleTimeMs <= 0) return response;
  throttler.mute(throttleTimeMs);
  return 'throttleTimeMs' in response ? { ...response, throttleTimeMs } : response;
}

/** The types are those of the name: the codec of the same name decoded the request. */
function reduce(
  name: ApiName,
  services: Services,
  request: Request,
  take: (partitions: number) => boolean,
  fetchBurst: number | null,
): Reduced {
  switch (name) {
    case 'CreateTopics':
      return reduceCreateTopics(services, request as ApiTypes['CreateTopics']['request'], take) as Reduced;
    case 'DeleteTopics':
      return reduceDeleteTopics(services, request as ApiTypes['DeleteTopics']['request'], take) as Reduced;
    case 'CreatePartitions':
      return reduceCreatePartitions(services, request as ApiTypes['CreatePartitions']['request'], take) as Reduced;
    case 'Fetch':
      return { request: limitFetch(request as ApiTypes['Fetch']['request'], fetchBurst), finish: (answer) => answer };
    case 'ShareFetch': {
      const limited = limitFetch(request as ApiTypes['ShareFetch']['request'], fetchBurst);
      return { request: limited, finish: (answer) => answer };
    }
    default:
      return { request, finish: (answer) => answer };
  }
}

/** A fetch is answered no more than some seconds' worth, so that the time to wait stays one that clients bear. */
function limitFetch<R extends { readonly maxBytes: number }>(request: R, burst: number | null): R {
  return burst === null || request.maxBytes <= burst ? request : { ...request, maxBytes: Math.ceil(burst) };
}

function chargeBytes(
  name: ApiName,
  quotas: ClientQuotas,
  client: QuotaClient,
  request: Request,
  response: Response,
): number {
  switch (name) {
    case 'Produce':
      return quotas.record('producer_byte_rate', client, producedBytes(request as ApiTypes['Produce']['request']));
    case 'Fetch':
      return quotas.record('consumer_byte_rate', client, fetchedBytes(response as ApiTypes['Fetch']['response']));
    case 'ShareFetch':
      return quotas.record('consumer_byte_rate', client, fetchedBytes(response as ApiTypes['ShareFetch']['response']));
    default:
      return 0;
  }
}

function producedBytes({ topicData }: ApiTypes['Produce']['request']): number {
  let bytes = 0;
  for (const { partitionData } of topicData) {
    for (const { records } of partitionData) bytes += records?.byteLength ?? 0;
  }
  return bytes;
}

function fetchedBytes({ responses }: ApiTypes['Fetch' | 'ShareFetch']['response']): number {
  let bytes = 0;
  for (const { partitions } of responses) {
    for (const { records } of partitions) bytes += records?.byteLength ?? 0;
  }
  return bytes;
}
