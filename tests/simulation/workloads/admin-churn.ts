import type { Client } from '@millrace/client';
import type { ClientProcess, Scene } from '../scene.ts';

/** What was asked for a topic and answered, or may have happened. */
export type TopicFact = {
  readonly name: string;
  exists: boolean | 'unknown';
  leastPartitions: number;
  /** Below this offset of partition 0 nothing may be read. */
  leastStart: number;
  /** What was written into it since it was made: nothing else may be in it. */
  readonly tag: string;
};

/** An administrator that makes topics, adds partitions, deletes records and topics, and makes them again. */
export function startAdminChurn(scene: Scene): Map<string, TopicFact> {
  const facts = new Map<string, TopicFact>();
  if (scene.plan.hasAdminChurn) scene.keepRunning('admin', (process) => churn(scene, process, facts));
  return facts;
}

async function churn(scene: Scene, process: ClientProcess, facts: Map<string, TopicFact>): Promise<void> {
  const client = scene.client(process);
  const { world } = scene;
  for (let step = 0; scene.isStorming; step++) {
    const name = `churn-${world.random.int(4)}`;
    const fact = facts.get(name);
    if (fact === undefined || fact.exists === false) await make(scene, client, facts, name, `${process.name}/${step}`);
    else if (fact.exists === 'unknown') await remove(scene, client, fact);
    else await change(scene, client, fact);
    await process.sleep(world.between(50, 800));
  }
}

async function make(
  scene: Scene,
  client: Client,
  facts: Map<string, TopicFact>,
  name: string,
  tag: string,
): Promise<void> {
  const partitionCount = scene.world.between(1, 3);
  const fact: TopicFact = { name, exists: 'unknown', leastPartitions: partitionCount, leastStart: 0, tag };
  facts.set(name, fact);
  // A retry may find what the first try made.
  await client.admin.createTopics([{ name, partitionCount, replicationFactor: 1 }], { ignoreExisting: true });
  fact.exists = true;
  scene.history.count('topics made');
}

async function remove(scene: Scene, client: Client, fact: TopicFact): Promise<void> {
  fact.exists = 'unknown';
  await client.admin.deleteTopics([fact.name]).catch((error: unknown) => {
    if (!String(error).includes('UNKNOWN_TOPIC')) throw error;
  });
  fact.exists = false;
  scene.history.count('topics deleted');
}

async function change(scene: Scene, client: Client, fact: TopicFact): Promise<void> {
  const { world } = scene;
  const { name } = fact;
  const kind = world.pick(['produce', 'produce', 'add', 'delete records', 'remove'] as const);
  switch (kind) {
    case 'produce': {
      const producer = client.producer({ deliveryTimeoutMs: 10_000 });
      const count = world.between(1, 10);
      const sent = Array.from({ length: count }, (_, index) =>
        producer.send({ topic: name, partition: 0, value: `${fact.tag}|${index}` }),
      );
      await Promise.all(sent);
      await producer.close();
      return;
    }
    case 'add': {
      const total = fact.leastPartitions + 1;
      if (total > 5) return;
      await client.admin.createPartitions(name, total).catch((error: unknown) => {
        // A retry of a request that was carried out.
        if (!String(error).includes('INVALID_PARTITIONS')) throw error;
      });
      fact.leastPartitions = total;
      return;
    }
    case 'delete records': {
      const [end] = await client.admin.listOffsets([{ topic: name, partition: 0 }], 'latest');
      const offset = end === undefined ? 0 : world.random.int(end.offset + 1);
      await client.admin.deleteRecords([{ topic: name, partition: 0, offset }]);
      fact.leastStart = Math.max(fact.leastStart, offset);
      scene.history.count('deletions of records');
      return;
    }
    case 'remove':
      await remove(scene, client, fact);
  }
}
