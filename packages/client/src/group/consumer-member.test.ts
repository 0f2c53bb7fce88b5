import { MillraceError } from '@millrace/base';
import { Broker } from '@millrace/broker';
import type { Connection } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { Client } from '../client.ts';
import { partitionKey, type TopicPartition } from '../lib/topic-partition.ts';
import { onEachWire, type Wire } from '../test-support/wires.ts';
import type { GroupMember } from './group-member.ts';
import type { GroupMemberOptions } from './group-options.ts';

/** A member of the consumer protocol that writes down what it owns, and holds against all others that nobody else does. */
class Witness {
  readonly member: GroupMember;
  readonly owned = new Set<string>();
  readonly events: string[] = [];
  readonly #others: readonly Witness[];

  constructor(
    client: Client,
    options: Omit<GroupMemberOptions, 'listener' | 'groupProtocol'>,
    others: readonly Witness[] = [],
  ) {
    this.#others = others;
    this.member = client.groupMember({
      ...options,
      groupProtocol: 'consumer',
      listener: {
        onAssigned: (_, added) => this.#assigned(added),
        onRevoked: (partitions) => this.#end('revoked', partitions),
        onLost: (partitions) => this.#end('lost', partitions),
      },
    });
  }

  #assigned(added: readonly TopicPartition[]): void {
    for (const one of added) {
      for (const other of this.#others) expect(other.owned).not.toContain(keyOf(one));
      this.owned.add(keyOf(one));
    }
    if (added.length > 0) this.events.push(`assigned ${added.length}`);
  }

  #end(how: string, partitions: readonly TopicPartition[]): void {
    for (const one of partitions) this.owned.delete(keyOf(one));
    this.events.push(`${how} ${partitions.length}`);
  }
}

const keyOf = ({ topic, partition }: TopicPartition): string => partitionKey(topic, partition);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function topicOf(client: Client, wire: Wire, partitionCount: number): Promise<string> {
  const topic = wire.name('balanced');
  await client.admin.createTopics([{ name: topic, partitionCount }]);
  return topic;
}

onEachWire((wire) => {
  test('one member owns everything and commits under its epoch', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 3);
    const groupId = wire.name('group');
    const { member, owned, events } = new Witness(client, { groupId, topics: [topic] });
    await member.join();
    await until(() => owned.size === 3);
    expect(member.assignment).toMatchObject({ isLeader: false, userData: null });
    await member.commit([{ topic, partition: 0, offset: 5, metadata: 'noted' }]);
    expect(await member.committed([{ topic, partition: 0 }])).toMatchObject([{ offset: 5, metadata: 'noted' }]);
    await member.leave();
    expect(events).toEqual(['assigned 3', 'revoked 3']);
    expect((await client.admin.listGroups()).find((group) => group.groupId === groupId)).toMatchObject({
      state: 'Empty',
    });
  });

  test('a second member gets its half after the first gave it away, and gives it back when it leaves', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 4);
    const groupId = wire.name('group');
    const first = new Witness(client, { groupId, topics: [topic] });
    await first.member.join();
    await until(() => first.owned.size === 4);
    const second = new Witness(client, { groupId, topics: [topic] }, [first]);
    await second.member.join();
    await until(() => first.owned.size === 2 && second.owned.size === 2);
    expect(first.events).toEqual(['assigned 4', 'revoked 2']);
    await second.member.leave();
    await until(() => first.owned.size === 4);
  });

  test('a member that changes its subscription gets other partitions', async () => {
    await using client = wire.client();
    const topics = [await topicOf(client, wire, 2), await topicOf(client, wire, 3)];
    const { member, owned } = new Witness(client, { groupId: wire.name('group'), topics: [topics[0]!] });
    await member.join();
    await until(() => owned.size === 2);
    member.subscribe(topics);
    await until(() => owned.size === 5);
    member.subscribe([topics[1]!]);
    await until(() => owned.size === 3);
  });

  test('a static member that comes back has what it had', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 4);
    const groupId = wire.name('group');
    const stays = new Witness(client, { groupId, topics: [topic] });
    const options = { groupId, topics: [topic], groupInstanceId: 'instance' };
    const goes = new Witness(client, options, [stays]);
    await stays.member.join();
    await goes.member.join();
    await until(() => stays.owned.size === 2 && goes.owned.size === 2);
    const had = new Set(goes.owned);
    await goes.member.close();
    const comes = new Witness(client, options, [stays]);
    await comes.member.join();
    await until(() => comes.owned.size === 2);
    expect(comes.owned).toEqual(had);
    expect(stays.owned.size).toBe(2);
  });

  test('a consumer reads by the consumer protocol what was sent, each record once', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 3);
    const producer = client.producer();
    const values = Array.from({ length: 60 }, (_, index) => `value ${index}`);
    await Promise.all(
      values.map((value, index) => producer.send({ topic, partition: index % 3, value: Buffer.from(value) })),
    );
    const options = { groupId: wire.name('group'), topics: topic, offsetReset: 'earliest' } as const;
    const read: string[] = [];
    for (const count of [25, 35]) {
      const consumer = client.consumer({ ...options, groupProtocol: 'consumer' });
      let left = count;
      for await (const record of consumer) {
        read.push(Buffer.from(record.value!).toString());
        if (--left === 0) break;
      }
      // What was handed out last counts as done when the consumer is closed in order.
      await consumer.commit();
      await consumer.close();
    }
    expect(new Set(read).size).toBeGreaterThanOrEqual(59);
  });

  test('what a broker can not give is said by its own error', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 1);
    const options = { groupId: wire.name('group'), topics: [topic], serverAssignor: 'best' };
    const { member } = new Witness(client, options);
    await expect(member.join()).rejects.toMatchObject({ code: 'UNSUPPORTED_ASSIGNOR' });
  });
});

test('a member that waits long for its first assignment is not taken for one that does not poll', async () => {
  await using broker = await Broker.start({ port: -1 });
  let refusals = 8;
  const dial = async (): Promise<Connection> => {
    if (refusals-- > 0) throw new MillraceError('CONNECTION_CLOSED', 'no broker yet', { retriable: true });
    return await broker.connect();
  };
  await using client = new Client({ dial, retryBackoffMs: 50, retryBackoffMaxMs: 50 });
  const { member } = new Witness(client, { groupId: 'late', topics: ['t'], maxPollIntervalMs: 100 });
  const assignment = await member.join();
  expect(assignment.partitions).toEqual([]);
});
