import type { Server, Socket } from 'node:net';
import { describeError, type LogFields, type Logger } from '@millrace/base';
import { Broker } from '@millrace/broker';
import { SimulatedDisk } from './world/simulated-disk.ts';
import type { SimulatedNetwork } from './world/simulated-network.ts';
import type { SimulatedProcess } from './world/simulated-process.ts';
import type { World } from './world/world.ts';

/** How a broker is set so that much happens in little time. */
export const BROKER_CONFIG: Readonly<Record<string, string>> = {
  'num.partitions': '3',
  'offsets.topic.num.partitions': '2',
  'transaction.state.log.num.partitions': '2',
  // Small, so that segments are closed and recovered all the time.
  'log.segment.bytes': '20000',
  'offsets.topic.segment.bytes': '20000',
  'log.index.interval.bytes': '500',
  'log.flush.offset.checkpoint.interval.ms': '3000',
  'log.retention.check.interval.ms': '5000',
  'group.min.session.timeout.ms': '1000',
  'group.consumer.min.session.timeout.ms': '1000',
  'group.consumer.session.timeout.ms': '3000',
  'group.consumer.min.heartbeat.interval.ms': '100',
  'group.consumer.heartbeat.interval.ms': '600',
  'group.share.min.session.timeout.ms': '1000',
  'group.share.session.timeout.ms': '3000',
  'group.share.min.heartbeat.interval.ms': '100',
  'group.share.heartbeat.interval.ms': '600',
  'group.streams.min.session.timeout.ms': '1000',
  'group.streams.session.timeout.ms': '3000',
  'group.streams.min.heartbeat.interval.ms': '100',
  'group.streams.heartbeat.interval.ms': '600',
  'group.share.min.record.lock.duration.ms': '1000',
  'share.coordinator.state.topic.num.partitions': '2',
  'share.coordinator.state.topic.segment.bytes': '20000',
  'share.coordinator.snapshot.update.records.per.snapshot': '20',
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': '500',
};

const RESTART_AFTER_FAILURE_MS = 500;
const START_TICK_MS = 1;
const CLOSE_TIMEOUT_MS = 5_000;

export type BrokerLifeOptions = {
  readonly world: World;
  readonly network: SimulatedNetwork;
  readonly flush: 'os' | 'always';
  readonly onLossOfPower: () => void;
};

/** The broker through its deaths: one disk, one process after the other. */
export class BrokerLife {
  readonly #options: BrokerLifeOptions;
  #process: SimulatedProcess;
  #disk: SimulatedDisk;
  #broker: Broker | null = null;
  #cutsPower = false;
  #restartAfterMs = 0;
  #starts = 0;
  #deaths = 0;

  constructor(options: BrokerLifeOptions) {
    this.#options = options;
    this.#process = this.#nextProcess();
    this.#disk = new SimulatedDisk(options.world, this.#process);
  }

  get disk(): SimulatedDisk {
    return this.#disk;
  }

  get process(): SimulatedProcess {
    return this.#process;
  }

  get isUp(): boolean {
    return this.#broker !== null;
  }

  get deaths(): number {
    return this.#deaths;
  }

  start(): void {
    const { world, network, flush } = this.#options;
    const process = this.#process;
    const createServer = (onSocket: (socket: Socket) => void): Server =>
      network.makeServer(process, (socket) => onSocket(socket as unknown as Socket)) as unknown as Server;
    world.tell(process.name, 'starts');
    let isSettled = false;
    // Time goes on while it starts, and with it the turns of the event loop that the start needs.
    const tick = (): void => void process.setTimer(START_TICK_MS, () => isSettled || tick());
    tick();
    Broker.start({
      data: '/data',
      files: this.#disk,
      clock: process,
      random: process.random,
      logger: storyLogger(world, process.name),
      flush,
      config: BROKER_CONFIG,
      listeners: [{ name: 'PLAINTEXT', host: '10.0.0.9', port: 9092, createServer }],
    }).then(
      (broker) => {
        isSettled = true;
        if (process.isDead) return;
        world.tell(process.name, 'serves');
        this.#broker = broker;
      },
      (error: unknown) => {
        isSettled = true;
        if (process.isDead) return;
        world.tell(process.name, `could not start: ${describeError(error)}`);
        this.#die(RESTART_AFTER_FAILURE_MS);
      },
    );
  }

  /** kill −9, or a power cut; it comes back after a while. */
  kill(how: 'kill' | 'power', downMs: number): void {
    if (this.#process.isDead) return;
    this.#options.world.tell(this.#process.name, how === 'kill' ? 'is killed' : 'loses its power');
    this.#cutsPower = how === 'power';
    this.#die(downMs);
  }

  /** Kills it in the middle of one of its next writes. */
  killInWrite(writes: number, how: 'kill' | 'power'): void {
    this.#cutsPower = how === 'power';
    this.#disk.faults.crashAfterWrites = writes;
  }

  /** Stops it in good order; it comes back after a while. */
  async stop(downMs: number): Promise<void> {
    const { world } = this.#options;
    const broker = this.#broker;
    const process = this.#process;
    if (broker === null || process.isDead) return;
    world.tell(process.name, 'is told to stop');
    this.#broker = null;
    await broker.close({ timeoutMs: CLOSE_TIMEOUT_MS });
    if (process.isDead) return;
    world.tell(process.name, 'has stopped');
    this.#cutsPower = false;
    this.#die(downMs);
  }

  #die(downMs: number): void {
    this.#restartAfterMs = downMs;
    this.#process.kill();
  }

  #nextProcess(): SimulatedProcess {
    const { world } = this.#options;
    const process = world.process(`broker-${++this.#starts}`);
    process.onKilled(() => this.#onKilled());
    return process;
  }

  #onKilled(): void {
    const { world, onLossOfPower } = this.#options;
    this.#broker = null;
    this.#deaths += 1;
    const cutsPower = this.#cutsPower;
    const downMs = this.#restartAfterMs > 0 ? this.#restartAfterMs : world.between(20, 2_000);
    this.#cutsPower = false;
    this.#restartAfterMs = 0;
    // The disk takes its own image of this moment; what the dead process still does changes it no more.
    world.after(downMs, () => {
      const dead = this.#disk;
      this.#process = this.#nextProcess();
      this.#disk = cutsPower ? dead.afterPowerLoss(this.#process) : dead.afterDeath(this.#process);
      if (cutsPower) onLossOfPower();
      this.start();
    });
  }
}

/** What a broker warns of belongs to the story. */
function storyLogger(world: World, name: string): Logger {
  const line = (level: string) => (message: string, fields?: LogFields) =>
    world.tell(name, `${level}: ${message}${fields === undefined ? '' : ` ${JSON.stringify(fields)}`}`);
  return { debug: () => {}, info: () => {}, warn: line('warn'), error: line('error') };
}
