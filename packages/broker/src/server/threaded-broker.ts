import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Logger, MillraceError, silentLogger } from '@millrace/base';
import type { BrokerOptions } from './broker-options.ts';
import type { FromThread, ThreadOptions, ToThread } from './thread-messages.ts';

/** Options that can't cross into a thread. */
const OWN_ISOLATE_ONLY = ['clock', 'random', 'files', 'local'] as const;

/** How much longer than the thread itself one waits for its end. */
const EXIT_GRACE_MS = 1000;

/** A broker in a worker thread, seen from outside. */
export class ThreadedBroker {
  readonly bootstrapServers: string;
  readonly port: number;
  readonly metricsPort: number | null;
  readonly #worker: Worker;
  readonly #data: string | undefined;
  readonly #exited: Promise<void>;

  private constructor(worker: Worker, ready: Extract<FromThread, { kind: 'ready' }>, data: string | undefined) {
    this.#worker = worker;
    this.bootstrapServers = ready.bootstrapServers;
    this.port = ready.port;
    this.metricsPort = ready.metricsPort;
    this.#data = data;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
  }

  /**
   * @throws MillraceError `OPTION_NOT_FOR_THREAD`, and what starting a broker throws.
   */
  static async start(options: BrokerOptions, entry: URL): Promise<ThreadedBroker> {
    for (const name of OWN_ISOLATE_ONLY) {
      if (options[name] === undefined) continue;
      throw new MillraceError('OPTION_NOT_FOR_THREAD', `the option ${name} can't be given to a broker in a thread`);
    }
    const { data, host, port, listeners, advertised, authorizer, scramUsers, config, flush } = options;
    const given = { data, host, port, listeners, advertised, authorizer, scramUsers, config, flush };
    const workerData = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as ThreadOptions;
    const worker = new Worker(entry, { workerData, name: 'millrace-broker' });
    const ready = await firstAnswer(worker, options.logger ?? silentLogger);
    return new ThreadedBroker(worker, ready, data);
  }

  async close({ timeoutMs }: { readonly timeoutMs: number }): Promise<void> {
    const message: ToThread = { kind: 'close', timeoutMs };
    this.#worker.postMessage(message);
    const timer = setTimeout(() => this.#abandon(), timeoutMs + EXIT_GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  /** The thread did not end by itself. Its lock names this process, which lives on: it must be let go from here. */
  #abandon(): void {
    void this.#worker.terminate();
    if (this.#data !== undefined) fs.rmSync(path.join(path.resolve(this.#data), '.lock'), { force: true });
  }
}

/** Resolves when the broker in the thread serves; from then on its log is passed on. */
function firstAnswer(worker: Worker, logger: Logger): Promise<Extract<FromThread, { kind: 'ready' }>> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new MillraceError('BROKER_THREAD_ENDED', 'the thread of the broker ended')));
    worker.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'ready':
          resolve(message);
          return;
        case 'failed':
          reject(new MillraceError(message.code, message.message));
          return;
        case 'log':
          logger[message.level](message.message, message.fields);
          return;
        case 'closed':
      }
    });
    worker.on('error', (error) => logger.error('the thread of the broker failed', { error: error.message }));
  });
}
