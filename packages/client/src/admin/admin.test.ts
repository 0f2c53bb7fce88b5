import { expect, test } from 'vitest';
import { onEachWire } from '../test-support/wires.ts';

onEachWire((wire) => {
  test('a topic is created with its configs, described, grown and deleted', async () => {
    await using client = wire.client();
    const { admin } = client;
    const name = wire.name('made');
    await admin.createTopics([{ name, partitionCount: 2, configs: { 'cleanup.policy': 'compact' } }]);
    const [described] = await admin.describeTopics([name]);
    expect(described!.partitions.map(({ partition, leader }) => [partition, leader >= 0])).toEqual([
      [0, true],
      [1, true],
    ]);
    expect((await admin.listTopics()).map((topic) => topic.name)).toContain(name);
    await admin.createPartitions(name, 3);
    expect((await client.topic(name)).partitions.length).toBe(3);
    await expect(admin.createTopics([{ name }])).rejects.toMatchObject({ code: 'TOPIC_ALREADY_EXISTS' });
    await admin.createTopics([{ name }], { ignoreExisting: true });
    await admin.deleteTopics([name]);
    await expect(admin.describeTopics([name])).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  });

  test('what is only validated is not created', async () => {
    await using client = wire.client();
    const name = wire.name('validated');
    await client.admin.createTopics([{ name, partitionCount: 1 }], { validateOnly: true });
    await expect(client.admin.describeTopics([name])).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  });

  test('configs are read and changed one by one', async () => {
    await using client = wire.client();
    const name = wire.name('configured');
    await client.admin.createTopics([{ name, partitionCount: 1, configs: { 'retention.ms': '1000' } }]);
    const topic = { type: 'topic', name } as const;
    await client.admin.incrementalAlterConfigs(topic, [
      { name: 'retention.ms', operation: 'delete' },
      { name: 'cleanup.policy', operation: 'set', value: 'compact' },
    ]);
    const own = (await client.admin.describeConfigs(topic)).filter(({ source }) => source === 1);
    expect(own.map((config) => [config.name, config.value])).toEqual([['cleanup.policy', 'compact']]);
    await expect(
      client.admin.incrementalAlterConfigs(topic, [{ name: 'retention.ms', operation: 'set', value: 'soon' }]),
    ).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  });

  test('offsets are found by place and by time, in the order of the questions', async () => {
    await using client = wire.client();
    const topic = wire.name('offsets');
    await client.admin.createTopics([{ name: topic, partitionCount: 2 }]);
    const startMs = Date.now() - 10_000;
    await using producer = client.producer();
    for (let index = 0; index < 10; index++) producer.append(topic, 1, null, Buffer.from('x'), startMs + index * 10);
    await producer.flush();
    const both = [1, 0].map((partition) => ({ topic, partition }));
    expect((await client.admin.listOffsets(both, 'latest')).map(({ offset }) => offset)).toEqual([10, 0]);
    const [later] = await client.admin.listOffsets([{ topic, partition: 1 }], { timestamp: startMs + 35 });
    expect(later).toMatchObject({ offset: 4, timestamp: startMs + 40 });
    const [never] = await client.admin.listOffsets([{ topic, partition: 1 }], { timestamp: startMs + 1000 });
    expect(never).toMatchObject({ offset: -1 });
    await client.admin.deleteRecords([{ topic, partition: 1, offset: 3 }]);
    const [earliest] = await client.admin.listOffsets([{ topic, partition: 1 }], 'earliest');
    expect(earliest).toMatchObject({ offset: 3 });
  });

  test('the offsets of a group without members are set, listed and deleted with it', async () => {
    await using client = wire.client();
    const topic = wire.name('group-offsets');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    const groupId = wire.name('administered');
    await client.admin.alterGroupOffsets(groupId, [{ topic, partition: 0, offset: 42 }]);
    expect(await client.admin.listGroupOffsets(groupId)).toMatchObject([{ topic, partition: 0, offset: 42 }]);
    expect((await client.admin.listGroups()).map((group) => group.groupId)).toContain(groupId);
    await client.admin.deleteGroups([groupId]);
    expect(await client.admin.listGroupOffsets(groupId)).toEqual([]);
    await expect(client.admin.deleteGroups([groupId])).rejects.toMatchObject({ code: 'GROUP_ID_NOT_FOUND' });
  });

  test('the cluster names its nodes', async () => {
    await using client = wire.client();
    const { nodes, controllerId } = await client.admin.describeCluster();
    expect(nodes.map(({ nodeId }) => nodeId)).toContain(controllerId);
  });
});
