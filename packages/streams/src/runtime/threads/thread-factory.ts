import type { CloseOptions } from '@millrace/base';
import type { Client } from '@millrace/client';
import type { StateDirectory } from '../tasks/state-directory.ts';
import type { Application } from './application.ts';
import type { StreamThread, ThreadHooks } from './stream-thread.ts';

/** Where the threads of an application come from, by where its topology comes from. */
export type ThreadFactory = {
  /** @throws MillraceError `INVALID_STATE` before `open`, where the topology is in a module that has not been loaded. */
  readonly application: Application;
  /** For what the application asks of brokers beside its threads. */
  readonly client: Client;
  /** Whether there can be more than one. */
  readonly canGrow: boolean;
  /** Before the first thread. */
  open(): Promise<void>;
  /** Starts a thread; numbers count from 1. */
  create(threadNumber: number, stateDirectory: StateDirectory, hooks: ThreadHooks): StreamThread;
  /** After the last thread. */
  close(options: CloseOptions): Promise<void>;
};

export function threadName({ config }: Application, threadNumber: number): string {
  return `${config.applicationId}-StreamThread-${threadNumber}`;
}
