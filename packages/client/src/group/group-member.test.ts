import { expect, test } from 'vitest';
import type { Client } from '../client.ts';
import { partitionKey, type TopicPartition } from '../lib/topic-partition.ts';
import { onEachWire, type Wire } from '../test-support/wires.ts';
import type { Assignor } from './assignor.ts';
import { rangeAssignor } from './assignors/range.ts';
import { cooperativeStickyAssignor } from './assignors/sticky.ts';
import type { GroupMember } from './group-member.ts';
import type { GroupMemberOptions } from './group-options.ts';

/** A member that writes down what happens to it. */
class Witness {
  readonly events: string[] = [];
  readonly member: GroupMember;
  #owned = new Set<string>();

  constructor(client: Client, options: Omit<GroupMemberOptions, 'listener'>) {
    this.member = client.groupMember({
      heartbeatIntervalMs: 50,
      sessionTimeoutMs: 6000,
      ...options,
      listener: {
        onAssigned: ({ generation }, added) => {
          for (const one of added) this.#owned.add(keyOf(one));
          this.events.push(`${generation} assigned ${spell(added)}`);
        },
        onRevoked: (partitions) => this.#end('revoked', partitions),
        onLost: (partitions) => this.#end('lost', partitions),
      },
    });
  }

  get owned(): readonly string[] {
    return [...this.#owned].sort();
  }

  #end(how: string, partitions: readonly TopicPartition[]): void {
    for (const one of partitions) this.#owned.delete(keyOf(one));
    this.events.push(`${how} ${spell(partitions)}`);
  }
}

const keyOf = ({ topic, partition }: TopicPartition): string => partitionKey(topic, partition);
const spell = (partitions: readonly TopicPartition[]): string =>
  partitions
    .map(({ partition }) => partition)
    .sort()
    .join();

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function topicOf(client: Client, wire: Wire, partitionCount: number): Promise<string> {
  const topic = wire.name('grouped');
  await client.admin.createTopics([{ name: topic, partitionCount }]);
  return topic;
}

onEachWire((wire) => {
  test('one member owns everything; offsets with metadata are committed and read back', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 3);
    const groupId = wire.name('group');
    const { member, events, owned } = new Witness(client, { groupId, topics: [topic] });
    const assignment = await member.join();
    expect(assignment).toMatchObject({ generation: 1, isLeader: true, userData: null });
    expect(owned).toEqual([]);
    expect(events).toEqual(['1 assigned 0,1,2']);
    await member.commit([
      { topic, partition: 0, offset: 5, metadata: 'noted' },
      { topic, partition: 2, offset: 7, leaderEpoch: 0 },
    ]);
    const partitions = [0, 1, 2].map((partition) => ({ topic, partition }));
    expect(await member.committed(partitions)).toEqual([
      { topic, partition: 0, offset: 5, leaderEpoch: -1, metadata: 'noted' },
      { topic, partition: 2, offset: 7, leaderEpoch: 0, metadata: '' },
    ]);
    await member.leave();
    expect(events.at(-1)).toBe('revoked 0,1,2');
    expect((await client.admin.describeGroups([groupId]))[0]).toMatchObject({ state: 'Empty', members: [] });
  });

  test('eager: everyone gives all back before anyone gets anything', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 4);
    const options = { groupId: wire.name('eager'), topics: [topic], assignors: [rangeAssignor] };
    const first = new Witness(client, options);
    await first.member.join();
    const second = new Witness(client, options);
    await second.member.join();
    await until(() => first.owned.length === 2);
    expect(first.events.slice(0, 2)).toEqual(['1 assigned 0,1,2,3', 'revoked 0,1,2,3']);
    expect([...first.owned, ...second.owned].sort()).toEqual([0, 1, 2, 3].map((index) => `${topic}:${index}`));
    await second.member.leave();
    await until(() => first.owned.length === 4);
  });

  test('cooperative: only what moves is given back, and everything ends up owned', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 4);
    const options = { groupId: wire.name('cooperative'), topics: [topic], assignors: [cooperativeStickyAssignor] };
    const first = new Witness(client, options);
    await first.member.join();
    const second = new Witness(client, options);
    await second.member.join();
    await until(() => first.owned.length === 2 && second.owned.length === 2);
    expect(first.events.filter((event) => event.startsWith('revoked'))).toHaveLength(1);
    expect(first.events[1]).toMatch(/^revoked \d,\d$/);
    expect(new Set([...first.owned, ...second.owned]).size).toBe(4);
  });

  test("an assignor's bytes reach the leader and come back to each member", async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 1);
    const seen: string[] = [];
    const speaking: Assignor = {
      name: 'speaking',
      rebalanceProtocol: 'eager',
      userData: () => Buffer.from('hello'),
      async assign({ members, partitionCounts }) {
        for (const { userData } of members) seen.push(Buffer.from(userData!).toString());
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(partitionCounts).toEqual(new Map([[topic, 1]]));
        return new Map(members.map(({ memberId }) => [memberId, { partitions: [], userData: Buffer.from(memberId) }]));
      },
    };
    const { member } = new Witness(client, { groupId: wire.name('speaking'), topics: [topic], assignors: [speaking] });
    const assignment = await member.join();
    expect(Buffer.from(assignment.userData!).toString()).toBe(assignment.memberId);
    expect(seen).toEqual(['hello']);
  });

  test('a member that was thrown out learns that its partitions are lost, and joins again', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 2);
    const { member, events } = new Witness(client, {
      groupId: wire.name('expelled'),
      topics: [topic],
      maxPollIntervalMs: 400,
      heartbeatIntervalMs: 50,
    });
    await member.join();
    await until(() => events.length === 2);
    expect(events).toEqual(['1 assigned 0,1', 'lost 0,1']);
    expect(member.assignment).toBeUndefined();
    await expect(member.commit([{ topic, partition: 0, offset: 1 }])).rejects.toMatchObject({
      code: 'UNKNOWN_MEMBER_ID',
    });
    member.poll();
    await until(() => events.length === 3);
    expect(events[2]).toMatch(/^\d assigned 0,1$/);
  });

  test('a static member comes back without a new round for the others', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 2);
    const options = { groupId: wire.name('static'), topics: [topic], assignors: [rangeAssignor] };
    const stays = new Witness(client, { ...options, groupInstanceId: 'stays' });
    await stays.member.join();
    const restarts = new Witness(client, { ...options, groupInstanceId: 'restarts' });
    const before = await restarts.member.join();
    await until(() => stays.owned.length === 1);
    const roundsBefore = stays.events.length;
    await restarts.member.close();
    const again = new Witness(client, { ...options, groupInstanceId: 'restarts' });
    const after = await again.member.join();
    expect(after).toMatchObject({ generation: before.generation, partitions: before.partitions });
    expect(stays.events.length).toBe(roundsBefore);
  });

  test('a second member with the same instance id takes over; the first one is told', async () => {
    await using client = wire.client();
    const topic = await topicOf(client, wire, 1);
    const options = { groupId: wire.name('fenced'), topics: [topic], groupInstanceId: 'one' };
    const first = new Witness(client, options);
    await first.member.join();
    const second = new Witness(client, options);
    await second.member.join();
    await until(() => first.member.failure !== undefined);
    expect(first.member.failure).toMatchObject({ code: 'FENCED_INSTANCE_ID' });
    expect(() => first.member.poll()).toThrow(first.member.failure);
  });

  test('new partitions of a topic are noticed and shared out', async () => {
    await using client = wire.client({ metadataMaxAgeMs: 200 });
    const topic = await topicOf(client, wire, 1);
    const witness = new Witness(client, { groupId: wire.name('grown'), topics: [topic] });
    await witness.member.join();
    await client.admin.createPartitions(topic, 3);
    await until(() => witness.owned.length === 3);
  });

  test('leaving happens once and ends a join that waits', async () => {
    await using client = wire.client();
    const { member } = new Witness(client, { groupId: wire.name('leaving'), topics: [wire.name('none')] });
    const joining = member.join();
    await Promise.all([member.close(), member.leave()]);
    await joining.then(
      () => {},
      (thrown) => expect(thrown).toMatchObject({ code: 'CLOSED' }),
    );
    expect(() => member.poll()).toThrow(expect.objectContaining({ code: 'CLOSED' }));
  });
});
