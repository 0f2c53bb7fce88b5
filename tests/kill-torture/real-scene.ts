import net from 'node:net';
import { type Random, seededRandom, systemClock, type Timer } from '@millrace/base';
import { Client } from '@millrace/client';
import { ClientProcesses } from '../simulation/client-processes.ts';
import { History } from '../simulation/history.ts';
import type { Plan } from '../simulation/plan.ts';
import type { ClientProcess, Scene, SceneWorld } from '../simulation/scene.ts';
import { TUNING } from '../simulation/simulation.ts';

const STORY_LINES_MAX = 500;
const HOST = '127.0.0.1';

/** The scene of the simulation in the real world: real time, real sockets, a broker in a process of its own. */
export class RealScene implements Scene {
  readonly plan: Plan;
  readonly world: RealWorld;
  readonly history: History;
  readonly clients: ClientProcesses;
  readonly assignors = undefined;
  readonly powerLosses = 0;
  readonly #port: number;
  readonly #processes: RealProcess[] = [];
  isStorming = true;
  brokerDeaths = 0;

  constructor(plan: Plan, port: number) {
    this.plan = plan;
    this.#port = port;
    this.world = new RealWorld(plan.seed);
    this.history = new History(this.world);
    this.clients = new ClientProcesses({
      world: this.world,
      history: this.history,
      makeProcess: (name) => this.process(name),
      after: (delayMs, run) => systemClock.setTimer(delayMs, run),
    });
  }

  process(name: string): RealProcess {
    const process = new RealProcess(name, seededRandom(this.world.random.int(2 ** 31)));
    this.#processes.push(process);
    return process;
  }

  /** Kills all processes of clients: none may go on knocking at a broker that is gone. */
  end(): void {
    this.clients.end();
    for (const process of this.#processes) process.kill();
  }

  connect(process: ClientProcess): net.Socket {
    const socket = net.connect({ host: HOST, port: this.#port, noDelay: true });
    // The reason of an end is of no interest here; that it ended is seen by who waits for an answer.
    socket.on('error', () => {});
    process.onKilled(() => socket.destroy());
    return socket;
  }

  client(process: ClientProcess): Client {
    const client = new Client({
      ...TUNING,
      clientId: process.name,
      clock: process,
      random: process.random,
      bootstrapServers: `${HOST}:${this.#port}`,
      socketFactory: () => this.connect(process),
    });
    process.onKilled(() => void client.close().catch(() => {}));
    return client;
  }

  keepRunning(name: string, work: (process: ClientProcess) => Promise<void>): void {
    this.clients.keepRunning(name, work);
  }
}

class RealWorld implements SceneWorld {
  readonly random: Random;
  readonly story: string[] = [];

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  between(least: number, most: number): number {
    return least + this.random.int(most - least + 1);
  }

  chance(percent: number): boolean {
    return this.random.int(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.random.int(items.length)]!;
  }

  trace(): void {}

  tell(who: string, what: string): void {
    this.story.push(`${(systemClock.monotonicMs() / 1000).toFixed(3)} ${who}: ${what}`);
    if (this.story.length > STORY_LINES_MAX) this.story.shift();
  }
}

/** A process of clients in this process: when it is killed its sockets are gone and its timers never fire. */
class RealProcess implements ClientProcess {
  readonly name: string;
  readonly random: Random;
  readonly #onKilled = new Set<() => void>();
  #isDead = false;

  constructor(name: string, random: Random) {
    this.name = name;
    this.random = random;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  wallMs(): number {
    return systemClock.wallMs();
  }

  monotonicMs(): number {
    return systemClock.monotonicMs();
  }

  setTimer(delayMs: number, run: () => void): Timer {
    return systemClock.setTimer(delayMs, () => {
      if (!this.#isDead) run();
    });
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.setTimer(delayMs, resolve));
  }

  onKilled(run: () => void): void {
    this.#onKilled.add(run);
  }

  kill(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    for (const run of [...this.#onKilled]) run();
  }
}
