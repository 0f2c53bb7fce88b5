import { type Assignor, Client, type ClientTuning } from '@millrace/client';
import { BrokerLife } from './broker-life.ts';
import { History } from './history.ts';
import type { Plan } from './plan.ts';
import { SimulatedNetwork } from './world/simulated-network.ts';
import type { SimulatedProcess } from './world/simulated-process.ts';
import { World } from './world/world.ts';

export const INPUT = 'input';
export const OUTPUT = 'output';
export const PARTITIONS = 3;

const TUNING: ClientTuning = {
  connectTimeoutMs: 3_000,
  requestTimeoutMs: 4_000,
  retryTimeoutMs: 30_000,
  metadataMaxAgeMs: 10_000,
};

/** Everything that one seed runs in. */
export class Simulation {
  readonly plan: Plan;
  readonly world: World;
  readonly network: SimulatedNetwork;
  readonly history: History;
  readonly broker: BrokerLife;
  /** Clients that may be killed, with what starts them anew. */
  readonly #clients = new Map<SimulatedProcess, () => void>();
  /** How readers are assigned their partitions; the client's own ways unless a bug is planted. */
  assignors: readonly Assignor[] | undefined;
  /** Faults come, producers produce. */
  isStorming = true;
  /** How often power was lost; facts from before may not hold where the run is lossy. */
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
  }

  get clients(): readonly SimulatedProcess[] {
    return [...this.#clients.keys()];
  }

  /** A client of this process, on the simulated network. It dies with the process. */
  client(process: SimulatedProcess): Client {
    const client = new Client({
      ...TUNING,
      clientId: process.name,
      clock: process,
      random: process.random,
      bootstrapServers: '10.0.0.9:9092',
      socketFactory: () => this.network.connect(process),
    });
    // What is left to do there waits for a clock that stands still; it only lets go.
    process.onKilled(() => void client.close().catch(() => {}));
    return client;
  }

  /**
   * Keeps a client process running: when it is killed, or its work fails as a real application's may, the next one is
   * started after a while.
   */
  keepRunning(name: string, work: (process: SimulatedProcess) => Promise<void>): void {
    let generation = 0;
    const start = (): void => {
      const process = this.world.process(`${name}.${++generation}`);
      this.world.tell(process.name, 'starts');
      const restart = (): void => void this.world.after(this.world.between(50, 3_000), start);
      this.#clients.set(process, restart);
      work(process).then(
        () => this.world.tell(process.name, 'is done'),
        (error: unknown) => {
          if (process.isDead) return;
          this.world.tell(process.name, `gives up: ${error instanceof Error ? error.message : String(error)}`);
          this.history.count('clients that gave up');
          this.killClient(process);
        },
      );
    };
    start();
  }

  killClient(process: SimulatedProcess): void {
    const restart = this.#clients.get(process);
    if (restart === undefined) return;
    this.#clients.delete(process);
    process.kill();
    restart();
  }

  #onLossOfPower(): void {
    this.powerLosses += 1;
    if (!this.plan.isLossy) return;
    this.history.forgetCommits();
    this.history.forgetOwners();
  }
}
