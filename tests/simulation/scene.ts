import type { Duplex } from 'node:stream';
import type { Clock, Random } from '@millrace/base';
import type { Assignor, Client } from '@millrace/client';
import type { History } from './history.ts';
import type { Plan } from './plan.ts';

export const INPUT = 'input';
export const OUTPUT = 'output';
export const PARTITIONS = 3;

/** A process that runs clients: a clock, a source of chance, and a life. */
export type ClientProcess = Clock & {
  readonly name: string;
  readonly random: Random;
  readonly isDead: boolean;
  sleep(delayMs: number): Promise<void>;
  onKilled(run: () => void): void;
  kill(): void;
};

/** Chance, and what happened. */
export type SceneWorld = {
  readonly random: Random;
  between(least: number, most: number): number;
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Notes a detail. */
  trace(who: string, what: string): void;
  /** Notes what a reader of a failure wants to see. */
  tell(who: string, what: string): void;
};

/** What workloads and checks need: they are the same on simulated time and in the real world. */
export type Scene = {
  readonly plan: Plan;
  readonly world: SceneWorld;
  readonly history: History;
  /** Faults come, producers produce. */
  readonly isStorming: boolean;
  /** How often power was lost; facts from before may not hold where the run is lossy. */
  readonly powerLosses: number;
  /** How often the broker died: what it only had in memory is gone then. */
  readonly brokerDeaths: number;
  /** How readers are assigned their partitions; the client's own ways unless a bug is planted. */
  readonly assignors: readonly Assignor[] | undefined;
  process(name: string): ClientProcess;
  /** A client of a process; it dies with it. */
  client(process: ClientProcess): Client;
  /** A connection to the broker for raw requests. */
  connect(process: ClientProcess): Duplex & { setTimeout(delayMs: number, run: () => void): unknown };
  /** Keeps a client process running: when it is killed or gives up, the next one is started after a while. */
  keepRunning(name: string, work: (process: ClientProcess) => Promise<void>): void;
};
