import {
  AlterPartitionReassignmentsResponseDefaults,
  type DescribeConfigsRequest,
  errorMessage,
} from '@millrace/protocol';
import type { AclOperation } from '../../cluster/security-image.ts';
import type { Rights } from '../../security/acl/rights.ts';
import { RESOURCE } from '../config-resources.ts';
import { clusterRule, DENIED, part, type Rule, rule } from './rule.ts';
import { clusterOperations } from './topic-rules.ts';

const NO_THROTTLE = { throttleTimeMs: 0 } as const;

type Resource = Pick<DescribeConfigsRequest['resources'][number], 'resourceType' | 'resourceName'>;

/** What APIs of the cluster, of its configs and of its administration ask for. */
export const CLUSTER_RULES: readonly Rule[] = [
  rule('DescribeCluster', (request, context) => ({
    kind: 'reduced',
    request,
    finish: (response) => ({
      ...response,
      clusterAuthorizedOperations: clusterOperations(response.clusterAuthorizedOperations, context),
    }),
  })),

  rule('DescribeConfigs', (request, { rights }) => {
    const [resources, refused] = part(request.resources, (one) => mayOnConfigs(rights, 'DescribeConfigs', one));
    const refusals = refused.map((resource) => ({ ...refusedResource(resource), configs: [] }));
    return {
      kind: 'reduced',
      request: { ...request, resources },
      finish: (response) => ({ ...response, results: [...response.results, ...refusals] }),
    };
  }),
  rule('AlterConfigs', (request, { rights }) => {
    const [resources, refused] = part(request.resources, (one) => mayOnConfigs(rights, 'AlterConfigs', one));
    return {
      kind: 'reduced',
      request: { ...request, resources },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refused.map(refusedResource)] }),
    };
  }),
  rule('IncrementalAlterConfigs', (request, { rights }) => {
    const [resources, refused] = part(request.resources, (one) => mayOnConfigs(rights, 'AlterConfigs', one));
    return {
      kind: 'reduced',
      request: { ...request, resources },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refused.map(refusedResource)] }),
    };
  }),
  clusterRule('ListConfigResources', 'DescribeConfigs', (errorCode) => ({
    ...NO_THROTTLE,
    errorCode,
    configResources: [],
  })),

  clusterRule('DescribeLogDirs', 'Describe', (errorCode) => ({ ...NO_THROTTLE, errorCode, results: [] })),
  clusterRule('AlterReplicaLogDirs', 'Alter', (errorCode, { dirs }) => ({
    ...NO_THROTTLE,
    results: dirs.flatMap(({ topics }) =>
      topics.map(({ name, partitions }) => ({
        topicName: name,
        partitions: partitions.map((partitionIndex) => ({ partitionIndex, errorCode })),
      })),
    ),
  })),
  clusterRule('ElectLeaders', 'Alter', (errorCode, { topicPartitions }, message, version) => ({
    ...NO_THROTTLE,
    // The oldest version has errors of partitions only.
    errorCode: version === 0 ? 0 : errorCode,
    replicaElectionResults: (topicPartitions ?? []).map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map((partitionId) => ({ partitionId, errorCode, errorMessage: message })),
    })),
  })),
  clusterRule('AlterPartitionReassignments', 'Alter', (errorCode, _request, message) => ({
    ...AlterPartitionReassignmentsResponseDefaults,
    ...NO_THROTTLE,
    errorCode,
    errorMessage: message,
    responses: [],
  })),
  clusterRule('ListPartitionReassignments', 'Describe', (errorCode, _request, message) => ({
    ...NO_THROTTLE,
    errorCode,
    errorMessage: message,
    topics: [],
  })),

  clusterRule('DescribeAcls', 'Describe', (errorCode, _request, message) => ({
    ...NO_THROTTLE,
    errorCode,
    errorMessage: message,
    resources: [],
  })),
  clusterRule('CreateAcls', 'Alter', (errorCode, { creations }, message) => ({
    ...NO_THROTTLE,
    results: creations.map(() => ({ errorCode, errorMessage: message })),
  })),
  clusterRule('DeleteAcls', 'Alter', (errorCode, { filters }, message) => ({
    ...NO_THROTTLE,
    filterResults: filters.map(() => ({ errorCode, errorMessage: message, matchingAcls: [] })),
  })),

  clusterRule('DescribeClientQuotas', 'DescribeConfigs', (errorCode, _request, message) => ({
    ...NO_THROTTLE,
    errorCode,
    errorMessage: message,
    entries: null,
  })),
  clusterRule('AlterClientQuotas', 'AlterConfigs', (errorCode, { entries }, message) => ({
    ...NO_THROTTLE,
    entries: entries.map(({ entity }) => ({ errorCode, errorMessage: message, entity })),
  })),
  clusterRule('DescribeUserScramCredentials', 'Describe', (errorCode, _request, message) => ({
    ...NO_THROTTLE,
    errorCode,
    errorMessage: message,
    results: [],
  })),
  clusterRule('AlterUserScramCredentials', 'Alter', (errorCode, { deletions, upsertions }, message) => ({
    ...NO_THROTTLE,
    results: [...new Set([...deletions, ...upsertions].map(({ name }) => name))].map((user) => ({
      user,
      errorCode,
      errorMessage: message,
    })),
  })),

  clusterRule('DescribeQuorum', 'Describe', (errorCode, _request, message) => ({
    errorCode,
    errorMessage: message,
    topics: [],
    nodes: [],
  })),
  clusterRule('UpdateFeatures', 'Alter', (errorCode, _request, message) => ({
    ...NO_THROTTLE,
    errorCode,
    errorMessage: message,
    results: [],
  })),
  clusterRule('UnregisterBroker', 'Alter', administration),
  clusterRule('AddRaftVoter', 'Alter', administration),
  clusterRule('RemoveRaftVoter', 'Alter', administration),
];

function administration(errorCode: number, _request: unknown, message: string) {
  return { ...NO_THROTTLE, errorCode, errorMessage: message };
}

function mayOnConfigs(rights: Rights, operation: AclOperation, { resourceType, resourceName }: Resource): boolean {
  switch (resourceType) {
    case RESOURCE.topic:
      return rights.may(operation, 'Topic', resourceName);
    case RESOURCE.group:
      return rights.may(operation, 'Group', resourceName);
    default:
      return rights.mayOnCluster(operation);
  }
}

function refusedResource({ resourceType, resourceName }: Resource) {
  const errorCode =
    resourceType === RESOURCE.topic ? DENIED.topic : resourceType === RESOURCE.group ? DENIED.group : DENIED.cluster;
  return { errorCode, errorMessage: errorMessage(errorCode), resourceType, resourceName };
}
