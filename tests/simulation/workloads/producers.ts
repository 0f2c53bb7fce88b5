import type { Client, ProducerOptions } from '@millrace/client';
import { INPUT, PARTITIONS, type Simulation } from '../simulation.ts';
import type { SimulatedProcess } from '../world/simulated-process.ts';

const IN_FLIGHT_MAX = 20;

/**
 * Idempotent producers. Each record's value names its writer, its partition and its place among those that the writer sent
 * there: `producer-1.2|0|17`.
 */
export function startProducers(sim: Simulation): void {
  for (let index = 0; index < sim.plan.producers; index++) {
    sim.keepRunning(`producer-${index}`, (process) => produce(sim, process));
  }
}

async function produce(sim: Simulation, process: SimulatedProcess): Promise<void> {
  const { world, history } = sim;
  const producer = sim.client(process).producer(optionsOf(sim));
  const serials = new Array<number>(PARTITIONS).fill(0);
  const inFlight = new Set<Promise<void>>();
  let failure: unknown = null;
  while (sim.isStorming && failure === null) {
    for (let burst = world.between(1, 4); burst > 0 && inFlight.size < IN_FLIGHT_MAX; burst--) {
      const partition = world.random.int(PARTITIONS);
      const value = `${process.name}|${partition}|${serials[partition]!++}${padding(sim)}`;
      const sending = producer.send({ topic: INPUT, partition, key: process.name, value }).then(
        ({ offset }) => {
          history.ack(value, { topic: INPUT, partition, offset });
          world.trace(process.name, `acked ${value.slice(0, 30)} at ${partition}:${offset}`);
        },
        (error: unknown) => {
          history.count('sends that failed');
          failure = error;
        },
      );
      inFlight.add(sending);
      void sending.finally(() => inFlight.delete(sending));
    }
    await process.sleep(world.between(10, 150));
  }
  await Promise.all(inFlight);
  if (failure !== null) throw failure;
}

function optionsOf(sim: Simulation): ProducerOptions {
  const { world } = sim;
  return {
    lingerMs: world.between(0, 20),
    compression: world.pick(['none', 'none', 'gzip', 'lz4']),
    inFlightRequestsMax: world.between(1, 5),
    deliveryTimeoutMs: world.chance(80) ? 120_000 : 6_000,
  };
}

/** Some records are large, so that segments end at many places. */
function padding(sim: Simulation): string {
  return sim.world.chance(10) ? `|${'x'.repeat(sim.world.between(100, 3_000))}` : '';
}

/** Makes the topics that the workloads use. */
export async function makeTopics(client: Client): Promise<void> {
  await client.admin.createTopics(
    [
      { name: INPUT, partitionCount: PARTITIONS, replicationFactor: 1 },
      { name: 'output', partitionCount: PARTITIONS, replicationFactor: 1 },
    ],
    { ignoreExisting: true },
  );
}
