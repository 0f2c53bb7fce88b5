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
    const before = [{ topic, partition: 1, offset: 3 }];
    expect(await client.admin.deleteRecords(before)).toEqual([{ topic, partition: 1, lowWatermark: 3 }]);
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

  test('single offsets of a group are deleted, the others stay', async () => {
    await using client = wire.client();
    const topic = wire.name('some-offsets');
    await client.admin.createTopics([{ name: topic, partitionCount: 2 }]);
    const groupId = wire.name('forgetful');
    const offset = 7;
    await client.admin.alterGroupOffsets(
      groupId,
      [0, 1].map((partition) => ({ topic, partition, offset })),
    );
    await client.admin.deleteGroupOffsets(groupId, [{ topic, partition: 0 }]);
    expect(await client.admin.listGroupOffsets(groupId)).toMatchObject([{ topic, partition: 1, offset }]);
    const [group] = await client.admin.describeGroups([groupId]);
    expect(group).toMatchObject({ groupId, state: 'Empty', groupType: 'classic', members: [] });
    expect(await client.admin.listGroups({ states: ['Dead'] })).toEqual([]);
    expect((await client.admin.listGroups({ states: ['Empty'] })).map((listed) => listed.groupId)).toContain(groupId);
  });

  test('a member of a group is described, and leaves when it is removed', async () => {
    await using client = wire.client();
    const topic = wire.name('member-topic');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    const groupId = wire.name('with-member');
    await using consumer = client.consumer({
      groupId,
      topics: topic,
      groupInstanceId: 'first',
      offsetReset: 'earliest',
    });
    await client.admin.alterGroupOffsets(groupId, []);
    await using producer = client.producer();
    await producer.send({ topic, value: 'x' });
    for await (const record of consumer) {
      expect(record.offset).toBe(0);
      break;
    }
    const [group] = await client.admin.describeGroups([groupId]);
    expect(group).toMatchObject({ state: 'Stable', protocolType: 'consumer' });
    expect(group!.members).toMatchObject([{ groupInstanceId: 'first', assignment: [{ topic, partition: 0 }] }]);
    await client.admin.removeGroupMembers(groupId, [{ groupInstanceId: 'first' }]);
    await expect(client.admin.removeGroupMembers(groupId, [{ groupInstanceId: 'second' }])).rejects.toMatchObject({
      code: 'UNKNOWN_MEMBER_ID',
    });
  });

  test('an open transaction is listed, described, found in its partition, and aborted there', async () => {
    await using client = wire.client();
    const { admin } = client;
    const topic = wire.name('transactional');
    await admin.createTopics([{ name: topic, partitionCount: 1 }]);
    const transactionalId = wire.name('writer');
    await using producer = client.transactionalProducer({ transactionalId });
    await producer.initTransactions();
    await producer.begin();
    await producer.send({ topic, value: 'x' });
    const [listed] = (await admin.listTransactions({ states: ['Ongoing'] })).filter(
      (transaction) => transaction.transactionalId === transactionalId,
    );
    const [described] = await admin.describeTransactions([transactionalId]);
    expect(described).toMatchObject({ state: 'Ongoing', partitions: [{ topic, partition: 0 }] });
    expect(listed?.producerId).toBe(described!.producerId);
    const [partition] = await admin.describeProducers([{ topic, partition: 0 }]);
    const [active] = partition!.producers;
    expect(active).toMatchObject({ producerId: described!.producerId, transactionStartOffset: 0 });
    const { producerId, producerEpoch, coordinatorEpoch } = active!;
    await admin.abortTransaction({
      topic,
      partition: 0,
      producerId,
      producerEpoch,
      coordinatorEpoch: coordinatorEpoch ?? 0,
    });
    const [after] = await admin.describeProducers([{ topic, partition: 0 }]);
    expect(after!.producers).toMatchObject([{ producerId, transactionStartOffset: null }]);
    await expect(admin.describeTransactions([wire.name('nobody')])).rejects.toMatchObject({
      code: 'TRANSACTIONAL_ID_NOT_FOUND',
    });
  });

  test('what names a missing topic fails at once', async () => {
    await using client = wire.client();
    const nowhere = [{ topic: wire.name('nowhere'), partition: 0, offset: 0 }];
    await expect(client.admin.deleteRecords(nowhere)).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' });
    await expect(client.admin.describeProducers(nowhere)).rejects.toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
    });
  });

  test('configs may be validated without a change, replaced as a whole, and explained', async () => {
    await using client = wire.client();
    const name = wire.name('replaced');
    await client.admin.createTopics([{ name, partitionCount: 1, configs: { 'retention.ms': '1000' } }]);
    const topic = { type: 'topic', name } as const;
    const own = async () =>
      (await client.admin.describeConfigs(topic))
        .filter(({ source }) => source === 1)
        .map(({ name, value }) => [name, value]);
    const set = [{ name: 'cleanup.policy', operation: 'set', value: 'compact' }] as const;
    await client.admin.incrementalAlterConfigs(topic, set, { validateOnly: true });
    expect(await own()).toEqual([['retention.ms', '1000']]);
    await client.admin.alterConfigs(topic, { 'segment.ms': '60000' });
    expect(await own()).toEqual([['segment.ms', '60000']]);
    const [one, ...others] = await client.admin.describeConfigs(topic, {
      names: ['segment.ms'],
      includeSynonyms: true,
      includeDocumentation: true,
    });
    expect(others).toEqual([]);
    expect(one!.synonyms[0]).toEqual({ name: 'segment.ms', value: '60000', source: 1 });
    expect(one!.documentation).not.toBe('');
  });

  test('data folders and features are told', async () => {
    await using client = wire.client();
    const name = wire.name('stored');
    await client.admin.createTopics([{ name, partitionCount: 2 }]);
    const [folder] = await client.admin.describeLogDirs({ topics: [name] });
    expect(folder!.error).toBe(null);
    expect(folder!.partitions.map(({ topic, partition }) => `${topic}-${partition}`).sort()).toEqual([
      `${name}-0`,
      `${name}-1`,
    ]);
    for (const feature of await client.admin.describeFeatures()) {
      expect(feature.maxVersion).toBeGreaterThanOrEqual(feature.minVersion);
    }
  });
});
