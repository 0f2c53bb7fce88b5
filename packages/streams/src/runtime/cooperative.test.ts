import { afterEach, beforeEach, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { FixedKeyProcessorContext } from '../topology/processor-api.ts';
import type { Topology } from '../topology/topology.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import type { KafkaStreams } from './kafka-streams.ts';
import { eventually, TestCluster, textOf } from './test-support/cluster.ts';
import { hesitantMember } from './test-support/hesitant-member.ts';
import { Instances } from './test-support/instances.ts';

const strings = Serdes.string();
const text = { key: strings, value: strings };
const PARTITIONS = 6;

let cluster: TestCluster;
let instances: Instances;

beforeEach(async () => {
  cluster = await TestCluster.start('in process');
  instances = new Instances(cluster);
  await cluster.createTopics({ lines: PARTITIONS, words: 1 });
});

afterEach(async () => {
  await instances.close();
  await cluster.close();
});

/** Copies lines to words, and writes down which tasks were made. */
function copying(made: string[] = []): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream('lines', text)
    .processValues<string>(() => {
      let context: FixedKeyProcessorContext<string, string>;
      return {
        init(given) {
          context = given;
          made.push(context.taskId);
        },
        process: (record) => context.forward(record),
      };
    })
    .to('words', text);
  return builder.build();
}

/** The partitions of topic `lines` that the tasks of an instance read, as it knows itself. */
function partitionsOf(streams: KafkaStreams): readonly number[] {
  if (streams.state !== 'RUNNING' && streams.state !== 'REBALANCING') return [];
  const own = streams.metadataForAllStreamsClients().find(({ isLocal }) => isLocal);
  return (own?.topicPartitions ?? []).map(({ partition }) => partition).toSorted();
}

/** One record into each partition, of which the key says which that was. */
async function writeToAll(value: string): Promise<void> {
  await using producer = cluster.client.producer();
  for (let partition = 0; partition < PARTITIONS; partition++) {
    await producer.send({ topic: 'lines', partition, key: `p${partition}`, value, timestamp: 1 });
  }
}

async function partitionsThatWrote(value: string): Promise<readonly number[]> {
  const words = await cluster.read('words', strings);
  const keys = words.filter((word) => word.value === value).map(({ key }) => Number(textOf(key).slice(1)));
  return keys.toSorted();
}

test('a task that stays goes on while a round is on, and is not made anew by it', async () => {
  const made: string[] = [];
  const one = await instances.run('one', copying(made));
  await eventually(async () => made.length === PARTITIONS, 'all tasks are here');
  const other = hesitantMember(cluster, 'lines');
  await other.member.join();
  // What it was promised is let go of here; the round that would bring it is kept waiting.
  await eventually(async () => partitionsOf(one).length === PARTITIONS / 2, 'half of the tasks are to move');
  const stay = partitionsOf(one);
  await writeToAll('in the middle of a round');
  await eventually(
    async () => (await partitionsThatWrote('in the middle of a round')).length === stay.length,
    'those that stay go on',
  );
  expect(await partitionsThatWrote('in the middle of a round')).toEqual(stay);
  const [group] = await cluster.client.admin.describeGroups(['app']);
  expect(group!.state).toBe('PreparingRebalance');
  other.letJoin();
  await eventually(async () => other.member.assignment?.partitions.length === PARTITIONS / 2, 'the others have moved');
  expect(partitionsOf(one)).toEqual(stay);
  await other.member.close();
  await eventually(async () => partitionsOf(one).length === PARTITIONS, 'all come back');
  await eventually(
    async () => (await partitionsThatWrote('in the middle of a round')).length === PARTITIONS,
    'all is read',
  );
  // Those that stayed were made once, those that went and came back twice.
  const times = Map.groupBy(made, (task) => task);
  for (let partition = 0; partition < PARTITIONS; partition++) {
    expect(times.get(`0_${partition}`), `task 0_${partition}`).toHaveLength(stay.includes(partition) ? 1 : 2);
  }
});

test('an instance that is closed in the middle of a round commits what it did there', async () => {
  const one = await instances.run('one', copying());
  const other = hesitantMember(cluster, 'lines');
  await other.member.join();
  await eventually(async () => partitionsOf(one).length === PARTITIONS / 2, 'half of the tasks are to move');
  const groupState = async (): Promise<string> => (await cluster.client.admin.describeGroups(['app']))[0]!.state;
  await eventually(async () => (await groupState()) === 'PreparingRebalance', 'the round that moves them is on');
  const stay = partitionsOf(one);
  await writeToAll('once');
  await eventually(async () => (await partitionsThatWrote('once')).length === stay.length, 'those that stay go on');
  const closed = one.close();
  other.letJoin();
  await closed;
  await other.member.close();
  await instances.run('two', copying());
  await eventually(async () => (await partitionsThatWrote('once')).length >= PARTITIONS, 'the rest is done');
  await writeToAll('again');
  await eventually(async () => (await partitionsThatWrote('again')).length === PARTITIONS, 'more is done');
  expect(await partitionsThatWrote('once')).toEqual([0, 1, 2, 3, 4, 5]);
});

test('an instance runs only when it has what it was promised', async () => {
  const one = await instances.run('one', copying());
  const two = await instances.run('two', copying());
  expect(partitionsOf(two)).toHaveLength(PARTITIONS / 2);
  await eventually(async () => partitionsOf(one).length === PARTITIONS / 2, 'the first one knows');
  expect([...partitionsOf(one), ...partitionsOf(two)].toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a static member that comes back within its session disturbs nobody; told to leave, it is gone at once', async () => {
  const options = (groupInstanceId: string): Partial<KafkaStreamsOptions> => ({
    groupInstanceId,
    sessionTimeoutMs: 30_000,
  });
  const one = await instances.start('one', copying(), options('first'));
  const two = await instances.run('two', copying(), options('second'));
  await eventually(async () => partitionsOf(one).length === PARTITIONS / 2, 'the tasks are shared out');
  const before = [partitionsOf(one), partitionsOf(two)];
  const instanceIdsOf = async (): Promise<readonly (string | null)[]> => {
    const [group] = await cluster.client.admin.describeGroups(['app']);
    return group!.members.map(({ groupInstanceId }) => groupInstanceId).toSorted();
  };
  expect(await instanceIdsOf()).toEqual(['first-1', 'second-1']);
  const states: string[] = [];
  one.onStateChange((state) => states.push(state));
  await two.close();
  const again = await instances.run('two', copying(), options('second'));
  expect([partitionsOf(one), partitionsOf(again)]).toEqual(before);
  expect(states).toEqual([]);
  await again.close({ groupMembership: 'leave' });
  await eventually(async () => partitionsOf(one).length === PARTITIONS, 'the first one has all');
});

test('a member may go without a word, and is missed after its session', async () => {
  const options = { sessionTimeoutMs: 1_000 };
  const one = await instances.start('one', copying(), options);
  const two = await instances.run('two', copying(), options);
  await two.close({ groupMembership: 'remain' });
  const [group] = await cluster.client.admin.describeGroups(['app']);
  expect(group!.members).toHaveLength(2);
  await eventually(async () => partitionsOf(one).length === PARTITIONS, 'the session has ended');
});
