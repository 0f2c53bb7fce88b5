import type { Duplex } from 'node:stream';
import { type Assignor, Client, type ClientTuning } from '@millrace/client';
import { BrokerLife } from './broker-life.ts';
import { ClientProcesses } from './client-processes.ts';
import { History } from './history.ts';
import type { Plan } from './plan.ts';
import type { ClientProcess, Scene } from './scene.ts';
import { SimulatedNetwork } from './world/simulated-network.ts';
import type { SimulatedProcess } from './world/simulated-process.ts';
import type { SimulatedSocket } from './world/simulated-socket.ts';
import { World } from './world/world.ts';

export const TUNING: ClientTuning = {
  connectTimeoutMs: 3_000,
  requestTimeoutMs: 4_000,
  retryTimeoutMs: 30_000,
  metadataMaxAgeMs: 10_000,
};

/** Everything that one seed runs in: the scene on simulated time, with the broker's life and the network. */
export class Simulation implements Scene {
  readonly plan: Plan;
  readonly world: World;
  readonly network: SimulatedNetwork;
  readonly history: History;
  readonly broker: BrokerLife;
  readonly clients: ClientProcesses;
  assignors: readonly Assignor[] | undefined;
  isStorming = true;
  powerLosses = 0;

  constructor(plan: Plan, onTrace?: (line: string) => void) {
    this.plan = plan;
    this.world = new World(plan.seed, onTrace);
    this.network = new SimulatedNetwork(this.world);
    this.history = new History(this.world);
    this.broker = new BrokerLife({
      world: this.world,
      network: this.network,
      flush: plan.flush,
      onLossOfPower: () => this.#onLossOfPower(),
    });
    this.clients = new ClientProcesses({
      world: this.world,
      history: this.history,
      makeProcess: (name) => this.process(name),
      after: (delayMs, run) => this.world.after(delayMs, run),
    });
  }

  get brokerDeaths(): number {
    return this.broker.deaths;
  }

  process(name: string): SimulatedProcess {
    return this.world.process(name);
  }

  connect(process: ClientProcess): SimulatedSocket {
    return this.network.connect(process as SimulatedProcess);
  }

  client(process: ClientProcess): Client {
    const client = new Client({
      ...TUNING,
      clientId: process.name,
      clock: process,
      random: process.random,
      bootstrapServers: '10.0.0.9:9092',
      socketFactory: (): Duplex => this.connect(process),
    });
    // What is left to do there waits for a clock that stands still; it only lets go.
    process.onKilled(() => void client.close().catch(() => {}));
    return client;
  }

  keepRunning(name: string, work: (process: ClientProcess) => Promise<void>): void {
    this.clients.keepRunning(name, work);
  }

  #onLossOfPower(): void {
    this.powerLosses += 1;
    if (!this.plan.isLossy) return;
    this.history.forgetCommits();
    this.history.forgetOwners();
  }
}
