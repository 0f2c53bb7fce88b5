import { Worker } from 'node:worker_threads';
import { assert, type Logger, unreachable } from '@millrace/base';
import { StreamsError } from '../../../errors.ts';
import type { PartitionAnswer, StoreQuestion } from '../../../query/answer-question.ts';
import type { StoreLag } from '../../../query/store-lag.ts';
import type { Metric } from '../../loop/metrics.ts';
import type { StopOptions, StreamThread, ThreadHooks, ThreadView } from '../stream-thread.ts';
import { type FromWorker, type RowsPart, receivedError, type ToWorker, type WorkerThreadData } from './messages.ts';
import { RemoteRows } from './remote-rows.ts';

/** Runs as it is in the repository, and compiled when it is installed. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './stream-worker.ts' : './stream-worker.js', import.meta.url);

type Answer = Extract<FromWorker, { readonly id: number }>;

const NOTHING_YET: ThreadView = {
  isSteady: false,
  tasks: [],
  standbyTasks: [],
  members: [],
  partitionCounts: new Map(),
};

/** A thread in a worker, with an event loop, a client and a share of the memory of its own; seen from outside. */
export class WorkerThread implements StreamThread {
  readonly name: string;
  readonly #worker: Worker;
  readonly #hooks: ThreadHooks;
  readonly #logger: Logger;
  readonly #exited: Promise<void>;
  /** Who waits for which answer: one entry a call that its caller awaits. */
  readonly #asked = new Map<number, { resolve(answer: Answer): void; reject(error: unknown): void }>();
  #view: ThreadView = NOTHING_YET;
  #questions = 0;
  #hasEnded = false;

  /** Starts at once. */
  constructor(data: WorkerThreadData, logger: Logger, hooks: ThreadHooks) {
    this.name = data.name;
    this.#hooks = hooks;
    this.#logger = logger;
    this.#worker = new Worker(ENTRY, { workerData: data, name: data.name });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#end(error));
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#end(new Error(`${data.name} ended without a word`));
        resolve();
      });
    });
  }

  get view(): ThreadView {
    return this.#view;
  }

  async query(question: StoreQuestion): Promise<readonly PartitionAnswer[]> {
    const answer = await this.#ask({ kind: 'query', id: this.#questions++, question });
    assert(answer.kind === 'answers', 'a query is answered by answers');
    return answer.answers.map(({ partition, outcome, rows }) => {
      if (outcome.kind === 'failure' || rows === null) return { partition, outcome };
      return { partition, outcome: { ...outcome, result: this.#remoteRows(rows.number, rows.first) } };
    });
  }

  async metrics(): Promise<readonly Metric[]> {
    return (await this.#report('metrics')) as readonly Metric[];
  }

  async lags(): Promise<readonly StoreLag[]> {
    return (await this.#report('lags')) as readonly StoreLag[];
  }

  pause(): void {
    this.#send({ kind: 'pause' });
  }

  resume(): void {
    this.#send({ kind: 'resume' });
  }

  requestShutdown(): void {
    this.#send({ kind: 'shutdown' });
  }

  async stop(options: StopOptions): Promise<void> {
    this.#send({ kind: 'stop', options });
    await this.#exited;
  }

  async abandon(): Promise<void> {
    await this.#worker.terminate();
  }

  async #report(what: 'metrics' | 'lags'): Promise<unknown> {
    const answer = await this.#ask({ kind: 'report', id: this.#questions++, what });
    assert(answer.kind === 'value', 'a report is answered by a value');
    return answer.value;
  }

  #remoteRows(rows: number, first: RowsPart): RemoteRows {
    return new RemoteRows(first, {
      next: async () => {
        const answer = await this.#ask({ kind: 'next', id: this.#questions++, rows });
        assert(answer.kind === 'rows', 'rows are followed by rows');
        return answer.part;
      },
      cancel: () => this.#send({ kind: 'cancel', rows }),
    });
  }

  #ask(question: Extract<ToWorker, { readonly id: number }>): Promise<Answer> {
    if (this.#hasEnded) return Promise.reject(this.#endedError());
    return new Promise((resolve, reject) => {
      this.#asked.set(question.id, { resolve, reject });
      this.#send(question);
    });
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'view':
        this.#view = message.view;
        this.#hooks.onChange();
        return;
      case 'log':
        this.#logger[message.level](message.message, message.fields);
        return;
      case 'heard': {
        const listener = this.#hooks.listeners[message.listener] as Readonly<
          Record<string, (...args: unknown[]) => void>
        >;
        listener[message.method]?.(...message.args);
        return;
      }
      case 'ended':
        this.#end(message.failure === null ? null : receivedError(message.failure));
        return;
      case 'value':
      case 'answers':
      case 'rows':
        this.#answerer(message.id).resolve(message);
        return;
      case 'refused':
        this.#answerer(message.id).reject(receivedError(message.error));
        return;
      default:
        unreachable(message);
    }
  }

  #answerer(id: number): { resolve(answer: Answer): void; reject(error: unknown): void } {
    const asked = this.#asked.get(id);
    assert(asked !== undefined, `nobody asked question ${id}`);
    this.#asked.delete(id);
    return asked;
  }

  #end(failure: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#view = NOTHING_YET;
    for (const { reject } of this.#asked.values()) reject(this.#endedError());
    this.#asked.clear();
    this.#hooks.onEnd(failure === null ? { kind: 'stopped' } : { kind: 'failed', error: failure });
  }

  #endedError(): StreamsError {
    return new StreamsError('INVALID_STATE_STORE', `${this.name} has ended; its stores are elsewhere`, {
      retriable: true,
    });
  }
}
