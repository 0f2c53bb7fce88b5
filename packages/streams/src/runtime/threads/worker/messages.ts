import { MillraceError } from '@millrace/base';
import type { PartitionAnswer, StoreQuestion } from '../../../query/answer-question.ts';
import type { KafkaStreamsOptions } from '../../config/options.ts';
import type { StateListeners, StopOptions, ThreadView } from '../stream-thread.ts';

/** What a worker is started with. */
export type WorkerThreadData = {
  readonly name: string;
  /** The module that has the topology. */
  readonly topology: string;
  /** The topology as the main thread has it: the worker's must be the same. */
  readonly description: string;
  readonly options: KafkaStreamsOptions;
  /**
   * Whether anybody reads what is logged: a message for each record that is dropped would cost more than the record.
   */
  readonly isLogged: boolean;
  /** The methods that the application's listeners have: only what is heard is sent. */
  readonly heard: Readonly<Record<keyof StateListeners, readonly string[]>>;
  readonly processId: string;
  readonly threadNumber: number;
  readonly threadCount: number;
};

export type ToWorker =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'shutdown' }
  | { readonly kind: 'stop'; readonly options: StopOptions }
  /** `id` names the question in its answer. */
  | { readonly kind: 'query'; readonly id: number; readonly question: StoreQuestion }
  | { readonly kind: 'report'; readonly id: number; readonly what: 'metrics' | 'lags' }
  /** The next of some rows, or no more of them. */
  | { readonly kind: 'next'; readonly id: number; readonly rows: number }
  | { readonly kind: 'cancel'; readonly rows: number };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type FromWorker =
  | { readonly kind: 'view'; readonly view: ThreadView }
  /** A method of a listener is to be called, with what it hears. */
  | {
      readonly kind: 'heard';
      readonly listener: keyof StateListeners;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'ended'; readonly failure: SentError | null }
  | {
      readonly kind: 'log';
      readonly level: LogLevel;
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>> | undefined;
    }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'answers'; readonly id: number; readonly answers: readonly SentAnswer[] }
  | { readonly kind: 'rows'; readonly id: number; readonly part: RowsPart }
  | { readonly kind: 'refused'; readonly id: number; readonly error: SentError };

/** Rows, as many as go into one message. */
export type RowsPart = { readonly rows: readonly unknown[]; readonly isLast: boolean };

/**
 * What a partition answered. Rows are sent as they are asked for: what is sent at once is their number and the first
 * of them.
 */
export type SentAnswer = PartitionAnswer & {
  readonly rows: { readonly number: number; readonly first: RowsPart } | null;
};

/** An error as it crosses between threads. */
export type SentError = {
  readonly code: string;
  readonly message: string;
  readonly retriable: boolean;
  readonly stack: string | undefined;
  readonly cause: SentError | null;
};

/** Deep enough for what an error says; longer chains are cut. */
const CAUSES_MAX = 8;

export function sentError(error: unknown, depth = 0): SentError {
  if (!(error instanceof Error)) {
    return { code: 'UNEXPECTED', message: String(error), retriable: false, stack: undefined, cause: null };
  }
  const { message, stack, cause } = error;
  const { code, retriable } = error instanceof MillraceError ? error : { code: 'UNEXPECTED', retriable: false };
  const sent = cause === undefined || depth === CAUSES_MAX ? null : sentError(cause, depth + 1);
  return { code, message, retriable, stack, cause: sent };
}

export function receivedError({ code, message, retriable, stack, cause }: SentError): MillraceError {
  const error = new MillraceError(code, message, {
    retriable,
    ...(cause === null ? {} : { cause: receivedError(cause) }),
  });
  if (stack !== undefined) error.stack = stack;
  return error;
}
