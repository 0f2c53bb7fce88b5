import { type ApiName, type ApiTypes, ErrorCode, errorMessage, ZERO_UUID } from '@millrace/protocol';
import type { Services } from './api.ts';

/** First versions that are told by an error when partitions change too fast; older clients only wait (KIP-599). */
const STRICT_VERSIONS: Readonly<Partial<Record<ApiName, number>>> = {
  CreateTopics: 6,
  DeleteTopics: 5,
  CreatePartitions: 3,
};

/** A request without what may not be done now, and how that comes into its answer. */
export type Reduced<A extends ApiName = ApiName> = {
  readonly request: ApiTypes[A]['request'];
  readonly finish: (response: ApiTypes[A]['response']) => ApiTypes[A]['response'];
};

/** Counts partitions that are to be made or deleted; false for what must wait. */
type Take = (partitions: number) => boolean;

type Asked = { readonly name: string | null; readonly topicId: string };

const TOO_FAST = {
  errorCode: ErrorCode.THROTTLING_QUOTA_EXCEEDED,
  errorMessage: errorMessage(ErrorCode.THROTTLING_QUOTA_EXCEEDED),
} as const;

export function changesPartitions(api: ApiName): boolean {
  return STRICT_VERSIONS[api] !== undefined;
}

export function isStrict(api: ApiName, version: number): boolean {
  return version >= (STRICT_VERSIONS[api] ?? Number.POSITIVE_INFINITY);
}

export function reduceCreateTopics(
  { config }: Services,
  request: ApiTypes['CreateTopics']['request'],
  take: Take,
): Reduced<'CreateTopics'> {
  if (request.validateOnly) return { request, finish: unchanged };
  const refused: string[] = [];
  const topics = request.topics.filter(({ name, numPartitions, assignments }) => {
    const wanted = assignments.length > 0 ? assignments.length : numPartitions;
    const isAllowed = take(wanted > 0 ? wanted : config.number('num.partitions'));
    if (!isAllowed) refused.push(name);
    return isAllowed;
  });
  const nothing = {
    topicId: ZERO_UUID,
    topicConfigErrorCode: 0,
    numPartitions: -1,
    replicationFactor: -1,
    configs: null,
  };
  const refusals = refused.map((name) => ({ name, ...TOO_FAST, ...nothing }));
  return {
    request: { ...request, topics },
    finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
  };
}

export function reduceDeleteTopics(
  { cluster }: Services,
  request: ApiTypes['DeleteTopics']['request'],
  take: Take,
): Reduced<'DeleteTopics'> {
  const refused: Asked[] = [];
  const keep = ({ name, topicId }: Asked): boolean => {
    const topic = topicId === ZERO_UUID ? cluster.topic(name ?? '') : cluster.topicById(topicId);
    const isAllowed = topic === undefined || take(topic.partitionCount);
    if (!isAllowed) refused.push({ name, topicId });
    return isAllowed;
  };
  const topicNames = request.topicNames.filter((name) => keep({ name, topicId: ZERO_UUID }));
  const topics = request.topics.filter(keep);
  const refusals = refused.map((asked) => ({ ...asked, ...TOO_FAST }));
  return {
    request: { ...request, topicNames, topics },
    finish: (response) => ({ ...response, responses: [...response.responses, ...refusals] }),
  };
}

export function reduceCreatePartitions(
  { cluster }: Services,
  request: ApiTypes['CreatePartitions']['request'],
  take: Take,
): Reduced<'CreatePartitions'> {
  if (request.validateOnly) return { request, finish: unchanged };
  const refused: string[] = [];
  const topics = request.topics.filter(({ name, count }) => {
    const isAllowed = take(Math.max(0, count - (cluster.topic(name)?.partitionCount ?? count)));
    if (!isAllowed) refused.push(name);
    return isAllowed;
  });
  const refusals = refused.map((name) => ({ name, ...TOO_FAST }));
  return {
    request: { ...request, topics },
    finish: (response) => ({ ...response, results: [...response.results, ...refusals] }),
  };
}

function unchanged<R>(response: R): R {
  return response;
}
