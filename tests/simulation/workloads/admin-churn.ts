import type { Client } from '@millrace/client';
import type { Simulation } from '../simulation.ts';
import type { SimulatedProcess } from '../world/simulated-process.ts';

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
export function startAdminChurn(sim: Simulation): Map<string, TopicFact> {
  const facts = new Map<string, TopicFact>();
  if (sim.plan.hasAdminChurn) sim.keepRunning('admin', (process) => churn(sim, process, facts));
  return facts;
}

async function churn(sim: Simulation, process: SimulatedProcess, facts: Map<string, TopicFact>): Promise<void> {
  const client = sim.client(process);
  const { world } = sim;
  for (let step = 0; sim.isStorming; step++) {
    const name = `churn-${world.random.int(4)}`;
    const fact = facts.get(name);
    if (fact === undefined || fact.exists === false) await make(sim, client, facts, name, `${process.name}/${step}`);
    else if (fact.exists === 'unknown') await remove(sim, client, fact);
    else await change(sim, client, fact);
    await process.sleep(world.between(50, 800));
  }
}

async function make(
  sim: Simulation,
  client: Client,
  facts: Map<string, TopicFact>,
  name: string,
  tag: string,
): Promise<void> {
  const partitionCount = sim.world.between(1, 3);
  const fact: TopicFact = { name, exists: 'unknown', leastPartitions: partitionCount, leastStart: 0, tag };
  facts.set(name, fact);
  // A retry may find what the first try made.
  await client.admin.createTopics([{ name, partitionCount, replicationFactor: 1 }], { ignoreExisting: true });
  fact.exists = true;
  sim.history.count('topics made');
}

async function remove(sim: Simulation, client: Client, fact: TopicFact): Promise<void> {
  fact.exists = 'unknown';
  await client.admin.deleteTopics([fact.name]).catch((error: unknown) => {
    if (!String(error).includes('UNKNOWN_TOPIC')) throw error;
  });
  fact.exists = false;
  sim.history.count('topics deleted');
}

async function change(sim: Simulation, client: Client, fact: TopicFact): Promise<void> {
  const { world } = sim;
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
      sim.history.count('deletions of records');
      return;
    }
    case 'remove':
      await remove(sim, client, fact);
  }
}
