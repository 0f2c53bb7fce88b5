import { MetadataRequestDefaults, ZERO_UUID } from '@millrace/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../../broker.ts';
import type { Acl, AclOperation } from '../../cluster/security-image.ts';
import { OPERATIONS } from '../../security/acl/acl-codes.ts';
import { aclCodes } from '../../security/acl/acl-filter.ts';

// What a client of few rights gets to see.

let broker: Broker;

beforeAll(async () => {
  broker = await Broker.start({ port: -1, authorizer: {} });
  const app = await broker.connect();
  const topics = ['orders', 'payments'].map((name) => {
    return { name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  });
  await app.send('CreateTopics', 7, { topics, timeoutMs: 1000, validateOnly: false });
  const rule: Omit<Acl, 'resourceType' | 'operation'> = {
    patternType: 'Literal',
    resourceName: 'orders',
    principal: 'User:alice',
    host: '*',
    permission: 'Allow',
  };
  const acls: Acl[] = [
    { ...rule, resourceType: 'Topic', operation: 'Read' },
    { ...rule, resourceType: 'Topic', operation: 'AlterConfigs' },
    { ...rule, resourceType: 'Group', operation: 'Read' },
    { ...rule, resourceType: 'Cluster', resourceName: 'kafka-cluster', operation: 'Create', principal: 'User:alice' },
    { ...rule, resourceType: 'Cluster', resourceName: 'kafka-cluster', operation: 'Alter', principal: 'User:carol' },
  ];
  const creations = acls
    .map(aclCodes)
    .map(({ patternType, ...codes }) => ({ ...codes, resourcePatternType: patternType }));
  await app.send('CreateAcls', 3, { creations });
});
afterAll(() => broker.close());

function operationsIn(bits: number): AclOperation[] {
  return OPERATIONS.flatMap((operation, code) => (operation !== null && (bits & (1 << code)) !== 0 ? [operation] : []));
}

const everything = {
  ...MetadataRequestDefaults,
  allowAutoTopicCreation: false,
  includeTopicAuthorizedOperations: true,
  includeClusterAuthorizedOperations: true,
};

test('who is to act as nobody in particular does not act as the app', async () => {
  await expect(broker.connect({ principal: 'alice' })).rejects.toMatchObject({ code: 'INVALID_PRINCIPAL' });
});

test('of all topics those are listed that may be described, with what may be done with them', async () => {
  const alice = await broker.connect({ principal: 'User:alice' });
  const answer = await alice.send('Metadata', 9, { ...everything, topics: null });
  expect(answer.topics.map(({ name }) => name)).toEqual(['orders']);
  const allowed = operationsIn(answer.topics[0]!.topicAuthorizedOperations);
  expect(allowed).toEqual(['Read', 'Describe', 'DescribeConfigs', 'AlterConfigs']);
});

test('a topic that is asked for is refused, whether it is there or not', async () => {
  const alice = await broker.connect({ principal: 'User:alice' });
  const topics = ['payments', 'nowhere'].map((name) => ({ topicId: ZERO_UUID, name }));
  const answer = await alice.send('Metadata', 9, { ...everything, topics });
  expect(answer.topics).toMatchObject([
    { name: 'payments', errorCode: 29, partitions: [] },
    { name: 'nowhere', errorCode: 29, partitions: [] },
  ]);
});

test('in the oldest version, where nothing asks for all, being refused everything gives nothing', async () => {
  const bob = await broker.connect({ principal: 'User:bob' });
  const topics = [{ topicId: ZERO_UUID, name: 'orders' }];
  const answer = await bob.send('Metadata', 0, { ...MetadataRequestDefaults, topics });
  expect(answer.topics).toMatchObject([{ name: 'orders', errorCode: 29 }]);
});

test('asking for a topic makes it only for whom may make topics', async () => {
  const make = async (principal: string) => {
    const client = await broker.connect({ principal });
    const topics = [{ topicId: ZERO_UUID, name: 'orders' }];
    const answer = await client.send('Metadata', 9, { ...everything, allowAutoTopicCreation: true, topics });
    return answer.topics[0]!.errorCode;
  };
  const app = await broker.connect();
  await app.send('DeleteTopics', 6, {
    topics: [{ name: 'orders', topicId: ZERO_UUID }],
    topicNames: [],
    timeoutMs: 1000,
  });
  expect(await make('User:bob')).toBe(29);
  expect(await make('User:alice')).toBe(0);
});

test('what may be done with the cluster is told to whom may look at it', async () => {
  const ask = async (principal: string) => {
    const client = await broker.connect({ principal });
    const request = { includeClusterAuthorizedOperations: true, endpointType: 1, includeFencedBrokers: false };
    return (await client.send('DescribeCluster', 1, request)).clusterAuthorizedOperations;
  };
  expect(await ask('User:bob')).toBe(0);
  expect(await ask('User:alice')).toBe(0);
  expect(operationsIn(await ask('User:carol'))).toEqual(['Alter', 'Describe']);
});

test('groups are listed and described to whom may read them', async () => {
  const list = async (principal: string) => {
    const client = await broker.connect({ principal });
    return (await client.send('ListGroups', 4, { statesFilter: [], typesFilter: [] })).groups.map(
      ({ groupId }) => groupId,
    );
  };
  const app = await broker.connect();
  const partitions = [{ partitionIndex: 0, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: null }];
  for (const groupId of ['orders', 'secret']) {
    await app.send('OffsetCommit', 8, {
      groupId,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      groupInstanceId: null,
      retentionTimeMs: -1,
      topics: [{ name: 'payments', topicId: ZERO_UUID, partitions }],
    });
  }
  expect(await list('User:alice')).toEqual(['orders']);
  expect(await list('User:bob')).toEqual([]);
  const alice = await broker.connect({ principal: 'User:alice' });
  const request = { groups: ['orders', 'secret'], includeAuthorizedOperations: true };
  const { groups } = await alice.send('DescribeGroups', 5, request);
  expect(groups.map(({ groupId, errorCode }) => [groupId, errorCode])).toEqual([
    ['orders', 0],
    ['secret', 30],
  ]);
  expect(operationsIn(groups[0]!.authorizedOperations)).toEqual(['Read', 'Describe']);
  // Offsets of topics that she may not see are left out where she asks for all, and refused where she names them.
  const fetch = (topics: { name: string; partitionIndexes: number[] }[] | null) =>
    alice.send('OffsetFetch', 7, { groupId: 'orders', topics, groups: [], requireStable: false });
  expect((await fetch(null)).topics).toEqual([]);
  const named = await fetch([{ name: 'payments', partitionIndexes: [0] }]);
  expect(named.topics).toMatchObject([{ name: 'payments', partitions: [{ errorCode: 29, committedOffset: -1 }] }]);
});
