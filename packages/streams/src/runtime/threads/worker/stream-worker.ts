import { parentPort, workerData } from 'node:worker_threads';
import { assert, type Logger, silentLogger, unreachable } from '@millrace/base';
import { Client } from '@millrace/client';
import { illegalArgument } from '../../../errors.ts';
import type { PartitionAnswer } from '../../../query/answer-question.ts';
import { PartitionRows } from '../../../query/partition-rows.ts';
import type { KafkaStreamsOptions } from '../../config/options.ts';
import { StateDirectory } from '../../tasks/state-directory.ts';
import { applicationOf, clientOptions, memoryShare } from '../application.ts';
import { LocalThread } from '../local-thread.ts';
import type { StateListeners } from '../stream-thread.ts';
import { loadTopologyModule } from '../topology-module.ts';
import {
  type FromWorker,
  type LogLevel,
  type RowsPart,
  type SentAnswer,
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
      listeners: {
        restoreListener: both(config.restoreListener, 'restoreListener'),
        standbyUpdateListener: both(config.standbyUpdateListener, 'standbyUpdateListener'),
      },
    },
  );
  return thread;
}

function serve(thread: LocalThread): void {
  const scans = new Scans();
  port!.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'pause':
        return thread.pause();
      case 'resume':
        return thread.resume();
      case 'shutdown':
        return thread.requestShutdown();
      case 'stop':
        return void thread.stop(message.options);
      case 'query':
        return void answer(message.id, async () => {
          const { id, question } = message;
          return { kind: 'answers', id, answers: await scans.send(await thread.query(question)) };
        });
      case 'report':
        return void answer(message.id, async () => ({
          kind: 'value',
          id: message.id,
          value: await thread[message.what](),
        }));
      case 'next':
        return void answer(message.id, async () => {
          return { kind: 'rows', id: message.id, part: await scans.next(message.rows) };
        });
      case 'cancel':
        return scans.cancel(message.rows);
      default:
        unreachable(message);
    }
  });
}

/** Rows that somebody reads part by part. */
class Scans {
  readonly #open = new Map<number, PartitionRows<unknown>>();
  #count = 0;

  async send(answers: readonly PartitionAnswer[]): Promise<readonly SentAnswer[]> {
    const sent: SentAnswer[] = [];
    for (const { partition, outcome } of answers) {
      if (outcome.kind === 'failure' || !(outcome.result instanceof PartitionRows)) {
        sent.push({ partition, outcome, rows: null });
        continue;
      }
      const number = this.#count++;
      this.#open.set(number, outcome.result);
      const first = await this.next(number);
      sent.push({ partition, outcome: { ...outcome, result: null }, rows: { number, first } });
    }
    return sent;
  }

  async next(number: number): Promise<RowsPart> {
    const open = this.#open.get(number)!;
    const rows: unknown[] = [];
    while (rows.length < ROWS_PER_MESSAGE) {
      const next = await open.next();
      if (next.done === true) {
        this.#open.delete(number);
        return { rows, isLast: true };
      }
      rows.push(next.value);
    }
    return { rows, isLast: false };
  }

  cancel(number: number): void {
    void this.#open.get(number)?.return();
    this.#open.delete(number);
  }
}

async function answer(id: number, work: () => Promise<FromWorker>): Promise<void> {
  try {
    send(await work());
  } catch (error) {
    send({ kind: 'refused', id, error: sentError(error) });
  }
}

/** The module's own listener, and whoever hears outside. */
function both<L extends object>(own: L, listener: keyof StateListeners): L {
  const methods = own as Readonly<Record<string, (...args: unknown[]) => void>>;
  const heard = data.heard[listener];
  const all = new Set([...Object.keys(methods), ...heard]);
  const calls = [...all].map((method) => {
    const call = (...args: unknown[]): void => {
      methods[method]?.(...args);
      if (heard.includes(method)) send({ kind: 'heard', listener, method, args });
    };
    return [method, call] as const;
  });
  return Object.fromEntries(calls) as L;
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
