import type { LogFields } from '@millrace/base';
import type { BrokerOptions } from './broker-options.ts';

/** What a thread can be given: options without functions and objects that have a life here. */
export type ThreadOptions = Pick<
  BrokerOptions,
  'data' | 'host' | 'port' | 'listeners' | 'advertised' | 'authorizer' | 'scramUsers' | 'config' | 'flush'
>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What the thread tells. */
export type FromThread =
  | {
      readonly kind: 'ready';
      readonly bootstrapServers: string;
      readonly port: number;
      readonly metricsPort: number | null;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields?: LogFields }
  | { readonly kind: 'closed' };

/** What the thread is told. */
export type ToThread = { readonly kind: 'close'; readonly timeoutMs: number };
