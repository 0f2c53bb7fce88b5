import type { Client, ProducerOptions } from '@millrace/client';
import { type ClientProcess, INPUT, PARTITIONS, type Scene } from '../scene.ts';

const IN_FLIGHT_MAX = 20;

/**
 * Idempotent producers. Each record's value names its writer, its partition and its place among those that the writer sent
 * there: `producer-1.2|0|17`.
 */
export function startProducers(scene: Scene): void {
  for (let index = 0; index < scene.plan.producers; index++) {
    scene.keepRunning(`producer-${index}`, (process) => produce(scene, process));
  }
}

async function produce(scene: Scene, process: ClientProcess): Promise<void> {
  const { world, history } = scene;
  const producer = scene.client(process).producer(optionsOf(scene));
  const serials = new Array<number>(PARTITIONS).fill(0);
  const inFlight = new Set<Promise<void>>();
  let failure: unknown = null;
  while (scene.isStorming && failure === null) {
    for (let burst = world.between(1, 4); burst > 0 && inFlight.size < IN_FLIGHT_MAX; burst--) {
      const partition = world.random.int(PARTITIONS);
      const value = `${process.name}|${partition}|${serials[partition]!++}${padding(scene)}`;
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

function optionsOf(scene: Scene): ProducerOptions {
  const { world } = scene;
  return {
    lingerMs: world.between(0, 20),
    compression: world.pick(['none', 'none', 'gzip', 'lz4']),
    inFlightRequestsMax: world.between(1, 5),
    deliveryTimeoutMs: world.chance(80) ? 120_000 : 6_000,
  };
}

/** Some records are large, so that segments end at many places. */
function padding(scene: Scene): string {
  return scene.world.chance(10) ? `|${'x'.repeat(scene.world.between(100, 3_000))}` : '';
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
