import type { Worker } from 'node:worker_threads';
import { type CloseOptions, MillraceError } from '@millrace/base';
import type { BrokerOptions } from './broker-options.ts';

/** A broker in a worker thread, seen from outside. */
export class ThreadedBroker {
  readonly bootstrapServers: string;
  readonly port: number;
  readonly #worker: Worker;

  private constructor(worker: Worker, ready: { readonly bootstrapServers: string; readonly port: number }) {
    this.#worker = worker;
    this.bootstrapServers = ready.bootstrapServers;
    this.port = ready.port;
  }

  static start(_options: BrokerOptions): Promise<ThreadedBroker> {
    return Promise.reject(new MillraceError('NOT_YET', 'thread mode'));
  }

  async close(_options: CloseOptions): Promise<void> {
    await this.#worker.terminate();
  }
}
