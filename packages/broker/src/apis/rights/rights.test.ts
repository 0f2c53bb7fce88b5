import type { ApiName } from '@millrace/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
// The declarations make a request of every API, also of those that are served tomorrow.
import { apiDeclarations } from '../../../../protocol/src/messages/all.ts';
import {
  type Field,
  type Fields,
  includes,
  type PrimitiveType,
  type StructType,
} from '../../../../protocol/src/schema.ts';
import { defaultValue } from '../../../../protocol/src/testing/arbitrary-message.ts';
import { Broker } from '../../broker.ts';
import type { Acl, AclOperation, AclResourceType } from '../../cluster/security-image.ts';
import { aclCodes } from '../../security/acl/acl-filter.ts';
import { testBatch } from '../../testing/test-log.ts';
import type { BrokerApi } from '../api.ts';
import { registry } from '../registry.ts';
import { DENIED } from './rule.ts';

type Needed = readonly (readonly [AclOperation, AclResourceType])[];
type Message = Readonly<Record<string, unknown>>;

const describeTopic = ['Describe', 'Topic'] as const;
const readGroup = ['Read', 'Group'] as const;
const writeTransaction = ['Write', 'TransactionalId'] as const;
const alterCluster = ['Alter', 'Cluster'] as const;
const describeCluster = ['Describe', 'Cluster'] as const;

/** What Kafka's documentation says that each API asks for (Security → Protocol access), each of them needed. */
const NEEDED: Readonly<Partial<Record<ApiName, Needed>>> = {
  Produce: [writeTransaction, ['Write', 'Topic']],
  Fetch: [['Read', 'Topic']],
  ListOffsets: [describeTopic],
  Metadata: [describeTopic],
  OffsetCommit: [readGroup, ['Read', 'Topic']],
  OffsetFetch: [['Describe', 'Group'], describeTopic],
  FindCoordinator: [['Describe', 'Group']],
  JoinGroup: [readGroup],
  Heartbeat: [readGroup],
  LeaveGroup: [readGroup],
  SyncGroup: [readGroup],
  DescribeGroups: [['Describe', 'Group']],
  ListGroups: [['Describe', 'Group']],
  CreateTopics: [['Create', 'Topic']],
  DeleteTopics: [['Delete', 'Topic']],
  DeleteRecords: [['Delete', 'Topic']],
  InitProducerId: [writeTransaction],
  OffsetForLeaderEpoch: [describeTopic],
  AddPartitionsToTxn: [writeTransaction, ['Write', 'Topic']],
  AddOffsetsToTxn: [writeTransaction, readGroup],
  EndTxn: [writeTransaction],
  WriteTxnMarkers: [alterCluster],
  TxnOffsetCommit: [writeTransaction, readGroup, ['Read', 'Topic']],
  DescribeAcls: [describeCluster],
  CreateAcls: [alterCluster],
  DeleteAcls: [alterCluster],
  DescribeConfigs: [['DescribeConfigs', 'Topic']],
  AlterConfigs: [['AlterConfigs', 'Topic']],
  AlterReplicaLogDirs: [alterCluster],
  DescribeLogDirs: [describeCluster],
  CreatePartitions: [['Alter', 'Topic']],
  DeleteGroups: [['Delete', 'Group']],
  ElectLeaders: [alterCluster],
  IncrementalAlterConfigs: [['AlterConfigs', 'Topic']],
  AlterPartitionReassignments: [alterCluster],
  ListPartitionReassignments: [describeCluster],
  OffsetDelete: [
    ['Delete', 'Group'],
    ['Read', 'Topic'],
  ],
  DescribeClientQuotas: [['DescribeConfigs', 'Cluster']],
  AlterClientQuotas: [['AlterConfigs', 'Cluster']],
  DescribeUserScramCredentials: [describeCluster],
  AlterUserScramCredentials: [alterCluster],
  DescribeQuorum: [describeCluster],
  UpdateFeatures: [alterCluster],
  DescribeProducers: [['Read', 'Topic']],
  UnregisterBroker: [alterCluster],
  DescribeTransactions: [['Describe', 'TransactionalId']],
  ListTransactions: [['Describe', 'TransactionalId']],
  ConsumerGroupHeartbeat: [readGroup, describeTopic],
  ConsumerGroupDescribe: [['Describe', 'Group']],
  ListConfigResources: [['DescribeConfigs', 'Cluster']],
  DescribeTopicPartitions: [describeTopic],
  ShareGroupHeartbeat: [readGroup, describeTopic],
  ShareGroupDescribe: [['Describe', 'Group']],
  StreamsGroupHeartbeat: [readGroup, describeTopic],
  StreamsGroupDescribe: [['Describe', 'Group']],
  ShareFetch: [readGroup, ['Read', 'Topic']],
  ShareAcknowledge: [readGroup, ['Read', 'Topic']],
  DescribeShareGroupOffsets: [['Describe', 'Group'], describeTopic],
  AlterShareGroupOffsets: [readGroup, ['Read', 'Topic']],
  DeleteShareGroupOffsets: [
    ['Delete', 'Group'],
    ['Read', 'Topic'],
  ],
  AddRaftVoter: [alterCluster],
  RemoveRaftVoter: [alterCluster],
};

/** Everybody may ask these; what they tell is no secret. */
const OPEN: readonly ApiName[] = [
  'SaslHandshake',
  'ApiVersions',
  'SaslAuthenticate',
  'CreateDelegationToken',
  'RenewDelegationToken',
  'ExpireDelegationToken',
  'DescribeDelegationToken',
  'DescribeCluster',
];

/** These leave out what may not be seen instead of refusing it, from these lists (the last in its older versions). */
const HIDING: Readonly<Partial<Record<ApiName, string>>> = {
  ListGroups: 'groups',
  ListTransactions: 'transactionStates',
  DescribeLogDirs: 'results',
};

/** One name for everything: topic, group, transactional id. */
const NAME = 'thing';
const denied: readonly number[] = Object.values(DENIED);

let broker: Broker;
let topicId: string;

beforeAll(async () => {
  broker = await Broker.start({ port: -1, authorizer: {}, local: { codecCheck: true, freeze: true } });
});

beforeEach(makeTopic);
beforeEach(leaveShareGroup);

/** Some of the requests that are allowed delete it. */
async function makeTopic(): Promise<void> {
  const app = await broker.connect();
  const topic = { name: NAME, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  const made = await app.send('CreateTopics', 7, { topics: [topic], timeoutMs: 1000, validateOnly: false });
  if (made.topics[0]!.errorCode === 0) topicId = made.topics[0]!.topicId;
}

/** To describe a group with members its topics must be seen, too; some requests join. */
async function leaveShareGroup(): Promise<void> {
  const app = await broker.connect();
  const member = { groupId: NAME, memberId: NAME, rackId: null, subscribedTopicNames: null };
  await app.send('ShareGroupHeartbeat', 1, { ...member, memberEpoch: -1 });
}
afterAll(() => broker.close());

const served = registry().filter(({ name }) => !OPEN.includes(name));

test('every served API stands in the table of what it needs, or is open', () => {
  const missing = served.filter(({ name }) => NEEDED[name] === undefined);
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test.each(served.map((api) => [api.name, api] as const))('%s does nothing without rights', async (_name, api) => {
  for (const version of versionsOf(api)) {
    expectRefusal(api, await ask(api, version, 'User:nobody'), version);
  }
});

test.each(served.map((api) => [api.name, api] as const))('%s needs these rights, and no others', async (_name, api) => {
  const user = `User:${api.name}`;
  const needed = NEEDED[api.name]!;
  const acls = needed.map(([operation, type]) => allow(user, operation, type));
  for (const version of versionsOf(api)) {
    await change('CreateAcls', acls);
    const codes = leafCodes(await ask(api, version, user, { validateOnly: true }));
    expect(codes.filter((code) => denied.includes(code))).toEqual([]);
    for (const one of acls) {
      await makeTopic();
      await change('DeleteAcls', [one]);
      expectRefusal(api, await ask(api, version, user), version);
      await change('CreateAcls', [one]);
    }
  }
});

function expectRefusal(api: BrokerApi, response: unknown, version: number): void {
  const hidden = HIDING[api.name];
  if (hidden !== undefined) {
    expect(response).toMatchObject({ [hidden]: [] });
    return;
  }
  expect(leafCodes(response).length, `version ${version}`).toBeGreaterThan(0);
  expect(leafCodes(response).filter((code) => !denied.includes(code))).toEqual([]);
}

function versionsOf({ minVersion, maxVersion }: BrokerApi): number[] {
  return Array.from({ length: maxVersion - minVersion + 1 }, (_, index) => minVersion + index);
}

async function ask(api: BrokerApi, version: number, principal: string, more: Message = {}): Promise<unknown> {
  const { request } = apiDeclarations.find(({ name }) => name === api.name)!;
  await using connection = await broker.connect({ principal });
  const known = Object.entries(more).filter(([name]) => includes(request[name]?.versions, version));
  const asked = { ...messageOf(request, version), ...Object.fromEntries(known) };
  return await connection.send(api.name, version, asked as never);
}

/** A request that names one of everything. */
function messageOf(fields: Fields, version: number): Message {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldValue(name, field, version)]));
}

function fieldValue(name: string, field: Field, version: number): unknown {
  if (!includes(field.versions, version)) return defaultValue(field);
  const { type } = field;
  if (type.kind === 'list') return [elementOf(name, type.element, NO_DEFAULT, version)];
  return elementOf(name, type, field, version);
}

const NO_DEFAULT: Partial<Field> = {};

function elementOf(name: string, type: PrimitiveType | StructType, field: Partial<Field>, version: number): unknown {
  if (type.kind === 'struct') return messageOf(type.fields, version);
  switch (type.name) {
    case 'string':
      return NAME;
    case 'uuid':
      return topicId;
    case 'records':
      return testBatch([{ value: 'x', timestamp: 0 }]);
    case 'int8':
      // A topic, in requests that ask for one of several kinds of resources.
      return /^resourceType/.test(name) ? 2 : (field.defaultValue ?? 0);
    case 'bool':
      return field.defaultValue ?? false;
    case 'bytes':
      return new Uint8Array(0);
    default:
      return field.defaultValue ?? 0;
  }
}

/** Error codes of the innermost things that have one: what an answer says of each thing that was asked for. */
function leafCodes(value: unknown): number[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const inner = Object.values(value).flatMap(leafCodes);
  if (inner.length > 0) return inner;
  return Object.entries(value).flatMap(([name, code]) => (/^(partitionE|e)rrorCode$/.test(name) ? [Number(code)] : []));
}

function allow(principal: string, operation: AclOperation, resourceType: AclResourceType): Acl {
  const resourceName = resourceType === 'Cluster' ? 'kafka-cluster' : NAME;
  return { resourceType, patternType: 'Literal', resourceName, principal, host: '*', operation, permission: 'Allow' };
}

async function change(api: 'CreateAcls' | 'DeleteAcls', acls: readonly Acl[]): Promise<void> {
  await using app = await broker.connect();
  const codes = acls.map(aclCodes);
  if (api === 'CreateAcls') {
    const creations = codes.map(({ patternType, ...rest }) => ({ ...rest, resourcePatternType: patternType }));
    await app.send('CreateAcls', 3, { creations });
    return;
  }
  const filters = codes.map(
    ({ resourceType, resourceName, patternType, principal, host, operation, permissionType }) => ({
      resourceTypeFilter: resourceType,
      resourceNameFilter: resourceName,
      patternTypeFilter: patternType,
      principalFilter: principal,
      hostFilter: host,
      operation,
      permissionType,
    }),
  );
  await app.send('DeleteAcls', 3, { filters });
}
