import { type CloseOptions, silentLogger } from '@millrace/base';
import { Client } from '@millrace/client';
import { illegalArgument, illegalState } from '../../../errors.ts';
import type { KafkaStreamsOptions } from '../../config/options.ts';
import type { StateDirectory } from '../../tasks/state-directory.ts';
import { type Application, applicationOf, clientOptions } from '../application.ts';
import type { StreamThread, ThreadHooks } from '../stream-thread.ts';
import { type ThreadFactory, threadName } from '../thread-factory.ts';
import { loadTopologyModule } from '../topology-module.ts';
import { WorkerThread } from './worker-thread.ts';

/** What stays with the application, whose threads tell it what happens. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'logger',
  'uncaughtExceptionHandler',
  'restoreListener',
  'standbyUpdateListener',
]);

/** The threads of a topology that is in a module: each worker loads it for itself. */
export class WorkerThreads implements ThreadFactory {
  readonly canGrow = true;
  readonly #module: URL;
  readonly #options: KafkaStreamsOptions;
  readonly #sent: KafkaStreamsOptions;
  #application: Application | null = null;
  #client: Client | null = null;

  /** @throws MillraceError `INVALID_ARGUMENT` for options that cannot be, or cannot be sent to a worker. */
  constructor(module: URL, options: KafkaStreamsOptions) {
    this.#module = module;
    this.#options = options;
    this.#sent = sendable(options);
  }

  get application(): Application {
    if (this.#application === null) throw illegalState('the module of the topology is loaded by start()');
    return this.#application;
  }

  /** Made when it is first used: workers have clients of their own. */
  get client(): Client {
    this.#client ??= new Client(clientOptions(this.#options, this.application.config.applicationId));
    return this.#client;
  }

  async open(): Promise<void> {
    if (this.#application !== null) return;
    const { topology, options } = await loadTopologyModule(this.#module);
    this.#application = applicationOf(topology, { ...options, ...this.#options } as KafkaStreamsOptions);
  }

  create(threadNumber: number, { processId }: StateDirectory, hooks: ThreadHooks): StreamThread {
    const { application } = this;
    const { config, topology } = application;
    const data = {
      name: threadName(application, threadNumber),
      topology: this.#module.href,
      description: topology.describe(),
      options: this.#sent,
      isLogged: config.logger !== silentLogger,
      heard: {
        restoreListener: Object.keys(hooks.listeners.restoreListener),
        standbyUpdateListener: Object.keys(hooks.listeners.standbyUpdateListener),
      },
      processId,
      threadNumber,
      threadCount: config.numStreamThreads,
    };
    return new WorkerThread(data, config.logger, hooks);
  }

  /** Each worker closes its own client. */
  async close(options: CloseOptions): Promise<void> {
    await this.#client?.close(options);
  }
}

/** The options that go to workers, all of which can be copied. */
function sendable(options: KafkaStreamsOptions): KafkaStreamsOptions {
  const sent = Object.entries(options).filter(([name, value]) => value !== undefined && !NOT_SENT.has(name));
  for (const [name, value] of sent) {
    try {
      structuredClone(value);
    } catch {
      throw illegalArgument(
        `the option ${name} cannot be sent to a thread; the module of the topology can export it: ` +
          `export const options = { ${name}: … }`,
      );
    }
  }
  return Object.fromEntries(sent) as KafkaStreamsOptions;
}
