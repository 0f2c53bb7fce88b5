import {
  ApiVersionsRequestDefaults,
  DescribeClusterRequestDefaults,
  errorName,
  UpdateFeaturesRequestDefaults,
} from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { throwIfError } from '../lib/errors.ts';
import type {
  AlterOptions,
  ClusterDescription,
  FeatureDescription,
  FeatureUpdate,
  LogDirDescription,
} from './admin-types.ts';

const UPGRADE_TYPE = { upgrade: 1, 'safe-downgrade': 2, 'unsafe-downgrade': 3 } as const;
const FIRST_UPGRADE_TYPE_VERSION = 1;

export async function describeCluster(cluster: Cluster): Promise<ClusterDescription> {
  const link = await cluster.anyLink();
  const answer = await link.call('DescribeCluster', {
    ...DescribeClusterRequestDefaults,
    includeClusterAuthorizedOperations: false,
  });
  throwIfError(answer.errorCode, 'describing the cluster', {}, answer.errorMessage);
  return {
    clusterId: answer.clusterId,
    controllerId: answer.controllerId,
    nodes: answer.brokers.map(({ brokerId, host, port, rack }) => ({ nodeId: brokerId, host, port, rack })),
  };
}

export async function describeFeatures(cluster: Cluster): Promise<readonly FeatureDescription[]> {
  const link = await cluster.anyLink();
  const answer = await link.call('ApiVersions', {
    ...ApiVersionsRequestDefaults,
    clientSoftwareName: 'millrace',
    clientSoftwareVersion: '0.1.0',
  });
  throwIfError(answer.errorCode, 'describing features');
  const levels = new Map(answer.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]));
  return answer.supportedFeatures.map(({ name, minVersion, maxVersion }) => ({
    name,
    minVersion,
    maxVersion,
    finalizedLevel: levels.get(name) ?? null,
  }));
}

export async function updateFeatures(
  cluster: Cluster,
  updates: readonly FeatureUpdate[],
  options: AlterOptions,
): Promise<void> {
  const link = await cluster.controllerLink();
  const answer = await link.call('UpdateFeatures', (version) => ({
    ...UpdateFeaturesRequestDefaults,
    validateOnly: version >= FIRST_UPGRADE_TYPE_VERSION && options.validateOnly === true,
    featureUpdates: updates.map(({ name, level, upgradeType = 'upgrade' }) => ({
      feature: name,
      maxVersionLevel: level,
      allowDowngrade: version < FIRST_UPGRADE_TYPE_VERSION && upgradeType !== 'upgrade',
      upgradeType: version < FIRST_UPGRADE_TYPE_VERSION ? UPGRADE_TYPE.upgrade : UPGRADE_TYPE[upgradeType],
    })),
  }));
  throwIfError(answer.errorCode, 'updating features', {}, answer.errorMessage);
  for (const { feature, errorCode, errorMessage } of answer.results) {
    throwIfError(errorCode, `updating feature '${feature}'`, { feature }, errorMessage);
  }
}

/** The data folders of these nodes, or of all; of the topics named, or of all. */
export async function describeLogDirs(
  cluster: Cluster,
  options: { readonly nodeIds?: readonly number[]; readonly topics?: readonly string[] },
): Promise<readonly LogDirDescription[]> {
  await cluster.refresh();
  const nodeIds = options.nodeIds ?? [...cluster.metadata.nodes.keys()];
  const topics =
    options.topics === undefined ? null : await Promise.all(options.topics.map((name) => allOf(cluster, name)));
  const lists = await Promise.all(
    nodeIds.map(async (nodeId) => {
      const link = await cluster.link(nodeId);
      const answer = await link.call('DescribeLogDirs', { topics });
      throwIfError(answer.errorCode, `describing the data folders of node ${nodeId}`, { nodeId });
      return answer.results.map((folder) => ({
        nodeId,
        path: folder.logDir,
        error: folder.errorCode === 0 ? null : errorName(folder.errorCode),
        totalBytes: folder.totalBytes,
        usableBytes: folder.usableBytes,
        partitions: folder.topics.flatMap(({ name: topic, partitions }) =>
          partitions.map(
            ({ partitionIndex: partition, partitionSize: sizeBytes, offsetLag, isFutureKey: isFuture }) => ({
              topic,
              partition,
              sizeBytes,
              offsetLag,
              isFuture,
            }),
          ),
        ),
      }));
    }),
  );
  return lists.flat();
}

async function allOf(cluster: Cluster, topic: string) {
  const { partitions } = await cluster.awaitTopic(topic);
  return { topic, partitions: partitions.map(({ partition }) => partition) };
}
