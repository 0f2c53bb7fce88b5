import { parentPort, workerData } from 'node:worker_threads';
import { assert, type Logger, silentLogger, unreachable } from '@millrace/base';
import { Client } from '@millrace/client';
import { illegalArgument, StreamsError } from '../../../errors.ts';
import type { StoreHandle } from '../../../query/store-handle.ts';
import type { KafkaStreamsOptions } from '../../config/options.ts';
import { StateDirectory } from '../../tasks/state-directory.ts';
import { applicationOf, clientOptions, memoryShare } from '../application.ts';
import { LocalThread } from '../local-thread.ts';
import type { ReadOptions } from '../stream-thread.ts';
import { loadTopologyModule } from '../topology-module.ts';
import {
  type FromWorker,
  type LogLevel,
  type StoreQuestion,
  sentError,
  type ToWorker,
  type WorkerThreadData,
} from './messages.ts';

// The program of a worker: one stream thread, driven by messages.

/** Rows of a scan that are sent at a time. */
const ROWS_PER_MESSAGE = 256;

const port = parentPort;
assert(port !== null, 'this program runs in a worker');
const data = workerData as WorkerThreadData;

run().then(
  (thread) => serve(thread),
  (error: unknown) => send({ kind: 'ended', failure: sentError(error) }),
);

async function run(): Promise<LocalThread> {
  const { topology, options } = await loadTopologyModule(new URL(data.topology));
  if (topology.describe() !== data.description) {
    throw illegalArgument(`the module ${data.topology} makes another topology each time; threads must have the same`);
  }
  const logger = data.isLogged ? sendingLogger() : silentLogger;
  const given = { ...options, ...data.options, logger } as KafkaStreamsOptions;
  const application = applicationOf(topology, given);
  const { config } = application;
  const client = new Client(clientOptions(given, data.name));
  const stateDirectory = StateDirectory.ofInstance(config, data.processId);
  const { threadNumber, threadCount } = data;
  const thread: LocalThread = new LocalThread(
    {
      ...application,
      ...memoryShare(config, threadCount),
      client,
      stateDirectory,
      threadNumber,
      threadName: data.name,
    },
    {
      onChange: () => send({ kind: 'view', view: thread.view }),
      onEnd: async (end) => {
        await client.close();
        send({ kind: 'ended', failure: end.kind === 'failed' ? sentError(end.error) : null });
        port!.close();
      },
      assertReadable: ({ stale }: ReadOptions) => {
        if (stale || thread.view.isSteady) return;
        const message = 'the stores cannot be queried while tasks are being shared out';
        throw new StreamsError('INVALID_STATE_STORE', message, { retriable: true });
      },
    },
  );
  return thread;
}

function serve(thread: LocalThread): void {
  const scans = new Map<number, AsyncGenerator<unknown>>();
  port!.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'pause':
        return thread.pause();
      case 'resume':
        return thread.resume();
      case 'stop':
        return void thread.stop();
      case 'read':
        return void answer(message.id, async () => {
          const { id, method } = message;
          const handle = handleOf(thread, message);
          const read = handle[method] as (...args: unknown[]) => Promise<unknown>;
          return { kind: 'value', id, value: await read.apply(handle, [...message.args]) };
        });
      case 'scan':
        return void answer(message.id, async () => {
          const handle = handleOf(thread, message);
          const open = handle[message.method] as (...args: unknown[]) => AsyncGenerator<unknown>;
          scans.set(message.id, open.apply(handle, [...message.args]));
          return await nextRows(scans, message.id);
        });
      case 'report':
        return void answer(message.id, async () => ({
          kind: 'value',
          id: message.id,
          value: await thread[message.what](),
        }));
      case 'next':
        return void answer(message.id, () => nextRows(scans, message.id));
      case 'cancel':
        void scans.get(message.id)?.return(undefined);
        scans.delete(message.id);
        return;
      default:
        unreachable(message);
    }
  });
}

function handleOf(thread: LocalThread, { store, stale, withTimestamps }: StoreQuestion): StoreHandle<unknown, unknown> {
  const handle = thread.store<unknown, unknown>(store, { stale });
  return withTimestamps ? handle.withTimestamps() : handle;
}

async function nextRows(scans: Map<number, AsyncGenerator<unknown>>, id: number): Promise<FromWorker> {
  const scan = scans.get(id)!;
  const rows: unknown[] = [];
  while (rows.length < ROWS_PER_MESSAGE) {
    const next = await scan.next();
    if (next.done === true) {
      scans.delete(id);
      return { kind: 'rows', id, rows, isLast: true };
    }
    rows.push(next.value);
  }
  return { kind: 'rows', id, rows, isLast: false };
}

async function answer(id: number, work: () => Promise<FromWorker>): Promise<void> {
  try {
    send(await work());
  } catch (error) {
    send({ kind: 'refused', id, error: sentError(error) });
  }
}

function sendingLogger(): Logger {
  const log =
    (level: LogLevel) =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void =>
      send({ kind: 'log', level, message, fields });
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

function send(message: FromWorker): void {
  port!.postMessage(message);
}
