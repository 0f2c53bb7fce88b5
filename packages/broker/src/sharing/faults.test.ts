import { FakeClock } from '@millrace/base/testing';
import type { Connection } from '@millrace/protocol';
import { ErrorCode, ProduceRequestDefaults, ProduceRequestTopicProduceDataDefaults } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import { FaultyFiles } from '../storage/faulty-files.ts';
import type { Files } from '../storage/files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { TestShareMember } from '../testing/share-member.ts';
import { TEST_START_MS, testBatch } from '../testing/test-log.ts';

// What a share group promises on bad disks.

const ACCEPT = 1;
const LOG = '/memory/t-0/00000000000000000000.log';

function start(files: Files): Promise<Broker> {
  const config = { 'share.coordinator.state.topic.num.partitions': '1', 'offsets.topic.num.partitions': '1' };
  return Broker.start({ port: -1, files, clock: new FakeClock(TEST_START_MS), config });
}

async function prepare(app: Connection): Promise<string> {
  const topic = { name: 't', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  const made = await app.send('CreateTopics', 7, { topics: [topic], timeoutMs: 1000, validateOnly: false });
  const configs = [{ name: 'share.auto.offset.reset', value: 'earliest', configOperation: 0 }];
  const resource = { resourceType: 32, resourceName: 'g', configs };
  await app.send('IncrementalAlterConfigs', 1, { resources: [resource], validateOnly: false });
  return made.topics[0]!.topicId;
}

async function produce(app: Connection, value: string): Promise<void> {
  const records = testBatch([{ value, timestamp: TEST_START_MS }]);
  const topicData = [{ ...ProduceRequestTopicProduceDataDefaults, name: 't', partitionData: [{ index: 0, records }] }];
  await app.send('Produce', 9, { ...ProduceRequestDefaults, acks: -1, timeoutMs: 1000, topicData });
}

async function member(broker: Broker, id: string, topicId: string): Promise<TestShareMember> {
  const made = await TestShareMember.connect(broker, { groupId: 'g', id, topicId });
  await made.heartbeat(0, ['t']);
  return made;
}

test('an acknowledgement that can not be stored is refused, and the record comes back when there is room again', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  await using broker = await start(files);
  const app = await broker.connect();
  const topicId = await prepare(app);
  await produce(app, 'a');
  const m = await member(broker, 'm', topicId);
  expect(await m.take()).toHaveLength(1);
  files.faults.bytesLeft = 0;
  const refused = await m.acknowledge([[0, 0, ACCEPT]]);
  expect(refused.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  files.faults.bytesLeft = Number.POSITIVE_INFINITY;
  expect((await m.take()).map(({ value }) => value)).toEqual(['a']);
  const stored = await m.acknowledge([[0, 0, ACCEPT]]);
  expect(stored.responses[0]!.partitions[0]!.errorCode).toBe(0);
  expect(await m.take()).toEqual([]);
});

test('records that take the places of others, which a power cut took from the log, are delivered', async () => {
  const files = new MemoryFiles();
  const broker = await start(files);
  const app = await broker.connect();
  const topicId = await prepare(app);
  await produce(app, 'a');
  const wholeBytes = files.open(LOG).size();
  for (const value of ['b', 'c', 'd']) await produce(app, value);
  const m = await member(broker, 'm', topicId);
  expect(await m.take()).toHaveLength(4);
  await m.acknowledge([
    [0, 1, ACCEPT],
    [3, 3, ACCEPT],
  ]);
  const left = files.clone();
  await broker.close();
  left.open(LOG).truncate(wholeBytes);
  await using after = await start(left);
  const again = await after.connect();
  for (const value of ['B', 'C', 'D']) await produce(again, value);
  const n = await member(after, 'n', topicId);
  expect((await n.take()).map(({ offset, value, deliveryCount }) => [offset, value, deliveryCount])).toEqual([
    [1, 'B', 1],
    [2, 'C', 1],
    [3, 'D', 1],
  ]);
});
