import { EventEmitter } from 'node:events';
import type { Server, Socket } from 'node:net';
import type { Logger } from '@millrace/base';
import { seededRandom } from '@millrace/base';
import { Broker } from '@millrace/broker';
import type { MemoryFiles } from '@millrace/broker/testing';
import { FuzzClock } from './fuzz-clock.ts';
import { FuzzSocket } from './fuzz-socket.ts';

const CONFIG: Readonly<Record<string, string>> = {
  'num.partitions': '2',
  'offsets.topic.num.partitions': '2',
  'transaction.state.log.num.partitions': '2',
  'log.segment.bytes': '200000',
  'group.min.session.timeout.ms': '10',
};

const DATA_FOLDER = '/data';

export type FuzzedBroker = {
  readonly broker: Broker;
  readonly clock: FuzzClock;
  /** A new connection, through the broker's own code. */
  connect(onAnswer?: (frame: Buffer) => void): FuzzSocket;
};

/** A broker whose sockets are none; `onError` is told what it calls an error of its own. */
export async function startFuzzedBroker(
  files: MemoryFiles,
  seed: number,
  onError: (message: string) => void,
): Promise<FuzzedBroker> {
  const clock = new FuzzClock();
  let accept: (socket: Socket) => void = () => {};
  const createServer = (onSocket: (socket: Socket) => void): Server => {
    accept = onSocket;
    return new NoServer() as unknown as Server;
  };
  const quiet = (): void => {};
  const logger: Logger = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (message, fields) => onError(`${message} ${JSON.stringify(fields ?? {})}`),
  };
  const broker = await Broker.start({
    data: DATA_FOLDER,
    files,
    clock,
    random: seededRandom(seed),
    logger,
    config: CONFIG,
    listeners: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, createServer }],
  });
  return {
    broker,
    clock,
    connect(onAnswer) {
      const socket = new FuzzSocket(onAnswer);
      accept(socket as unknown as Socket);
      return socket;
    },
  };
}

/** As after a crash: the next broker recovers what it finds. */
export function markAsUnclean(files: MemoryFiles): void {
  files.remove(`${DATA_FOLDER}/.kafka_cleanshutdown`);
}

class NoServer extends EventEmitter {
  listen(_address: unknown, onListening: () => void): this {
    process.nextTick(onListening);
    return this;
  }

  address(): { readonly port: number } {
    return { port: 9092 };
  }

  close(onClosed: () => void): this {
    process.nextTick(onClosed);
    return this;
  }
}
