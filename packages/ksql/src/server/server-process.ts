import type { Logger } from '@millrace/base';
import type { KsqlEngineOptions } from '../engine/engine-options.ts';

import type { BasicAuthentication } from './basic-authentication.ts';
import type { ServerTls } from './tls-settings.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A broker inside this process, which this package knows nothing of. */
export type EmbeddedBroker = AsyncDisposable & { readonly client: KsqlEngineOptions };

/** The world of the process, given from outside so that a test can be it. */
export type ServerProcess = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Resolves when the server is to stop. */
  readonly stopSignal: Promise<unknown>;
  /** Starts the broker of `--embedded`. Absent: there is none, and the flag is refused. */
  readonly startBroker?: (options: { readonly logger: Logger }) => Promise<EmbeddedBroker>;
};

export type Settings = {
  readonly bootstrapServers: string;
  readonly isEmbedded: boolean;
  readonly registryPort: number | null;
  readonly host: string;
  readonly tls: ServerTls | null;
  readonly authentication: BasicAuthentication | null;
  readonly port: number;
  /** A backup of the command topic that is to be written back, in place of running. */
  readonly restoreFrom: string | null;
  readonly engine: { readonly serviceId?: string; readonly stateDir?: string; readonly config: Record<string, string> };
  readonly logLevel: LogLevel;
};
