import { ProduceResponsePartitionProduceResponseDefaults, ZERO_UUID } from '@millrace/protocol';
import { allowedOperations, OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { ALLOWED, DENIED, nameOfTopic, part, type Rule, type RuleContext, rule } from './rule.ts';

const TOPIC_ID_VERSIONS = { produce: 13, fetch: 13 } as const;

/** From this version on Metadata may leave out the name of a topic that was asked for by its id. */
const NO_NAME_VERSION = 12;

/** What APIs ask for that read, write, or look at topics. */
export const TOPIC_RULES: readonly Rule[] = [
  rule('Produce', (request, { rights, services, call }) => {
    const { transactionalId, topicData } = request;
    const mayWrite = transactionalId === null || rights.may('Write', 'TransactionalId', transactionalId);
    const byId = call.version >= TOPIC_ID_VERSIONS.produce;
    const [allowed, refused] = part(topicData, ({ name, topicId }) => {
      const known = byId ? nameOfTopic(services, topicId) : name;
      return mayWrite && (known === null || rights.may('Write', 'Topic', known));
    });
    if (refused.length === 0) return ALLOWED;
    const errorCode = mayWrite ? DENIED.topic : DENIED.transactionalId;
    const refusals = refused.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({
        ...ProduceResponsePartitionProduceResponseDefaults,
        index,
        errorCode,
        baseOffset: -1,
      })),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topicData: allowed },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refusals] }),
    };
  }),

  // It asks on its own: a session holds partitions that the request does not name.
  rule('Fetch', () => ALLOWED),

  rule('ListOffsets', (request, { rights }) => {
    const [topics, refused] = part(request.topics, ({ name }) => rights.may('Describe', 'Topic', name));
    const refusals = refused.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: DENIED.topic,
        timestamp: -1,
        offset: -1,
        leaderEpoch: -1,
      })),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
    };
  }),

  rule('Metadata', (request, context) => {
    const { rights, services, call } = context;
    const asked = request.topics ?? [];
    const asksForAll = request.topics === null || (call.version === 0 && asked.length === 0);
    const [topics, refused] = part(asked, ({ name, topicId }) => {
      const known = topicId === ZERO_UUID ? name : nameOfTopic(services, topicId);
      return known === null || mayDescribeOrCreate(context, known, request.allowAutoTopicCreation);
    });
    const refusals = refused.map(({ name, topicId }) => ({
      errorCode: DENIED.topic,
      // Who asks by id does not learn the name; before this version there is no null.
      name: topicId !== ZERO_UUID && call.version >= NO_NAME_VERSION ? null : (name ?? ''),
      topicId,
      isInternal: false,
      partitions: [],
      topicAuthorizedOperations: OPERATIONS_NOT_ASKED,
    }));
    const hasNone = !asksForAll && topics.length === 0;
    return {
      kind: 'reduced',
      request: asksForAll ? request : { ...request, topics },
      finish: (response) => ({
        ...response,
        topics: [
          // In the oldest version nothing asks for everything. And who asks for all gets all that may be seen.
          ...response.topics
            .filter(({ name }) => !hasNone && (name === null || rights.may('Describe', 'Topic', name)))
            .map((topic) => ({ ...topic, topicAuthorizedOperations: topicOperations(topic, context) })),
          ...refusals,
        ],
        clusterAuthorizedOperations: clusterOperations(response.clusterAuthorizedOperations, context),
      }),
    };
  }),

  rule('CreateTopics', (request, { rights }) => {
    const mayAll = rights.mayOnCluster('Create');
    const [topics, refused] = part(request.topics, ({ name }) => mayAll || rights.may('Create', 'Topic', name));
    const refusals = refused.map(({ name }) => ({
      name,
      topicId: ZERO_UUID,
      errorCode: DENIED.topic,
      errorMessage: 'Authorization failed.',
      topicConfigErrorCode: 0,
      numPartitions: -1,
      replicationFactor: -1,
      configs: null,
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({
        ...response,
        topics: [
          ...response.topics.map((topic) =>
            topic.errorCode !== 0 || rights.may('DescribeConfigs', 'Topic', topic.name)
              ? topic
              : {
                  ...topic,
                  topicConfigErrorCode: DENIED.topic,
                  numPartitions: -1,
                  replicationFactor: -1,
                  configs: null,
                },
          ),
          ...refusals,
        ],
      }),
    };
  }),

  rule('DeleteTopics', (request, { rights, services }) => {
    const mayDelete = (name: string | null): boolean => name === null || rights.may('Delete', 'Topic', name);
    const [topicNames, refusedNames] = part(request.topicNames, mayDelete);
    const [topics, refused] = part(request.topics, ({ name, topicId }) =>
      mayDelete(topicId === ZERO_UUID ? name : nameOfTopic(services, topicId)),
    );
    const refusals = [...refusedNames.map((name) => ({ name, topicId: ZERO_UUID })), ...refused].map(
      ({ name, topicId }) => ({ name, topicId, errorCode: DENIED.topic, errorMessage: 'Topic authorization failed.' }),
    );
    return {
      kind: 'reduced',
      request: { ...request, topicNames, topics },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refusals] }),
    };
  }),

  rule('DeleteRecords', (request, { rights }) => {
    const [topics, refused] = part(request.topics, ({ name }) => rights.may('Delete', 'Topic', name));
    const refusals = refused.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        lowWatermark: -1,
        errorCode: DENIED.topic,
      })),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
    };
  }),

  rule('OffsetForLeaderEpoch', (request, { rights }) => {
    const [topics, refused] = part(request.topics, ({ topic }) => rights.may('Describe', 'Topic', topic));
    const refusals = refused.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition }) => ({
        errorCode: DENIED.topic,
        partition,
        leaderEpoch: -1,
        endOffset: -1,
      })),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
    };
  }),

  rule('CreatePartitions', (request, { rights }) => {
    const [topics, refused] = part(request.topics, ({ name }) => rights.may('Alter', 'Topic', name));
    const refusals = refused.map(({ name }) => ({
      name,
      errorCode: DENIED.topic,
      errorMessage: 'Topic authorization failed.',
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, results: [...response.results, ...refusals] }),
    };
  }),

  rule('DescribeProducers', (request, { rights }) => {
    const [topics, refused] = part(request.topics, ({ name }) => rights.may('Read', 'Topic', name));
    const refusals = refused.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({
        partitionIndex,
        errorCode: DENIED.topic,
        errorMessage: 'Topic authorization failed.',
        activeProducers: [],
      })),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
    };
  }),

  rule('DescribeTopicPartitions', (request, context) => {
    const { rights, services } = context;
    const asksForAll = request.topics.length === 0;
    const asked = asksForAll ? [...services.cluster.image.topics.keys()].map((name) => ({ name })) : request.topics;
    const [topics, refused] = part(asked, ({ name }) => rights.may('Describe', 'Topic', name));
    const refusals = (asksForAll ? [] : refused).map(({ name }) => ({
      errorCode: DENIED.topic,
      name,
      topicId: ZERO_UUID,
      isInternal: false,
      partitions: [],
      topicAuthorizedOperations: OPERATIONS_NOT_ASKED,
    }));
    // An empty list would ask for all of them again.
    if (topics.length === 0) {
      return { kind: 'refused', response: { throttleTimeMs: 0, topics: refusals, nextCursor: null } };
    }
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({
        ...response,
        topics: [
          ...response.topics.map((topic) => ({ ...topic, topicAuthorizedOperations: topicOperations(topic, context) })),
          ...refusals,
        ],
      }),
    };
  }),
];

function topicOperations(
  topic: { readonly name: string | null; readonly topicAuthorizedOperations: number },
  { rights }: RuleContext,
): number {
  return allowedOperations(topic.topicAuthorizedOperations, rights, 'Topic', topic.name);
}

/** Looking at a topic that is not there may make it, which asks for more. */
function mayDescribeOrCreate({ rights, services }: RuleContext, name: string, mayCreate: boolean): boolean {
  if (!rights.may('Describe', 'Topic', name)) return false;
  const makes =
    mayCreate && services.cluster.topic(name) === undefined && services.config.flag('auto.create.topics.enable');
  return !makes || rights.mayOnCluster('Create') || rights.may('Create', 'Topic', name);
}

/** What may be done with the cluster is told only to whom may look at it. */
export function clusterOperations(operations: number, { rights }: RuleContext): number {
  if (operations === OPERATIONS_NOT_ASKED) return operations;
  return rights.mayOnCluster('Describe') ? allowedOperations(operations, rights, 'Cluster', null) : 0;
}
