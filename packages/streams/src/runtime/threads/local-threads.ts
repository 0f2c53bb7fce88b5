import type { CloseOptions } from '@millrace/base';
import { Client } from '@millrace/client';
import { illegalArgument } from '../../errors.ts';
import type { Topology } from '../../topology/topology.ts';
import type { KafkaStreamsOptions } from '../config/options.ts';
import type { StateDirectory } from '../tasks/state-directory.ts';
import { type Application, applicationOf, clientOptions, memoryShare } from './application.ts';
import { LocalThread } from './local-thread.ts';
import type { StreamThread, ThreadHooks } from './stream-thread.ts';
import { type ThreadFactory, threadName } from './thread-factory.ts';

/** The one thread of a topology that is an object: functions can be run only where they were made. */
export class LocalThreads implements ThreadFactory {
  readonly application: Application;
  readonly client: Client;
  readonly #ownsClient: boolean;

  /** @throws MillraceError `INVALID_ARGUMENT` for options that cannot be. */
  constructor(topology: Topology, options: KafkaStreamsOptions) {
    this.application = applicationOf(topology, options);
    const { numStreamThreads, applicationId } = this.application.config;
    if (numStreamThreads !== 1) {
      throw illegalArgument(
        `numStreamThreads is ${numStreamThreads}, but functions cannot be sent to another thread: with a topology object ` +
          "there is one. Give the topology as a module: new KafkaStreams(new URL('./topology.ts', import.meta.url), …).",
      );
    }
    this.#ownsClient = options.client === undefined;
    this.client = options.client ?? new Client(clientOptions(options, applicationId));
  }

  readonly canGrow = false;

  async open(): Promise<void> {}

  create(threadNumber: number, stateDirectory: StateDirectory, hooks: ThreadHooks): StreamThread {
    const { application } = this;
    const parts = { ...application, ...memoryShare(application.config, 1), client: this.client };
    const name = threadName(application, threadNumber);
    return new LocalThread({ ...parts, stateDirectory, threadNumber, threadName: name }, hooks);
  }

  async close(options: CloseOptions): Promise<void> {
    if (this.#ownsClient) await this.client.close(options);
  }
}
