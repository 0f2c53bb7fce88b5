import { join } from 'node:path';
import type { Topology } from '../../topology/topology.ts';
import type { KafkaStreamsOptions } from '../config/options.ts';
import { KafkaStreams } from '../kafka-streams.ts';
import type { TestCluster } from './cluster.ts';

/** Instances of one application, each with a folder and an `applicationServer` after its name. */
export class Instances {
  readonly #cluster: TestCluster;
  readonly #started: KafkaStreams[] = [];

  constructor(cluster: TestCluster) {
    this.#cluster = cluster;
  }

  /** Does not wait until it runs. */
  async start(name: string, topology: Topology, options: Partial<KafkaStreamsOptions> = {}): Promise<KafkaStreams> {
    const streams = new KafkaStreams(topology, {
      ...this.#cluster.wire,
      applicationId: 'app',
      stateDir: join(this.#cluster.folder, name),
      applicationServer: `${name}:1`,
      commitIntervalMs: 20,
      pollMs: 10,
      heartbeatIntervalMs: 50,
      ...options,
    } as KafkaStreamsOptions);
    this.#started.push(streams);
    await streams.start();
    return streams;
  }

  async run(name: string, topology: Topology, options: Partial<KafkaStreamsOptions> = {}): Promise<KafkaStreams> {
    const streams = await this.start(name, topology, options);
    await streams.waitFor('RUNNING');
    return streams;
  }

  async close(): Promise<void> {
    for (const streams of this.#started) await streams.close();
  }
}
