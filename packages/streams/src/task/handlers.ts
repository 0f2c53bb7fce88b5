import { qualifiedJavaClassOf } from '../errors.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { emptyRecordContext, type Header, type RecordContext } from '../state/record-context.ts';

/** A record for a dead-letter topic. */
export type DeadLetter = {
  readonly topic: string;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly headers: readonly Header[];
};

/** What to do about a failure: stop, or go on without the record. Dead letters are sent in both cases. */
export type HandlerAnswer = { readonly result: 'fail' | 'resume'; readonly deadLetters?: readonly DeadLetter[] };

/** The record in process when something failed, with the bytes of the source record that it comes from. */
export type FailedRecord = Omit<RecordContext, 'raw' | 'keepsRaw'> & {
  readonly rawKey: Uint8Array | null;
  readonly rawValue: Uint8Array | null;
};

/** The context of a failure that is no single record's. */
export function contextWithoutRecord(deadLetterTopic: string | null): FailureContext {
  return { taskId: '', node: '', record: failedRecord(emptyRecordContext()), deadLetterTopic };
}

export function failedRecord({ raw, keepsRaw: _, ...record }: RecordContext): FailedRecord {
  return { ...record, rawKey: raw?.key ?? null, rawValue: raw?.value ?? null };
}

/** What a handler is told. Key and value are as the failing node saw them; raw bytes are the source record's. */
export type FailureContext = {
  readonly taskId: string;
  readonly node: string;
  readonly record: Readonly<FailedRecord>;
  readonly deadLetterTopic: string | null;
};

/** A record that cannot be read, or a timestamp that cannot be extracted. */
export type DeserializationHandler = (context: FailureContext, error: unknown) => HandlerAnswer;
/** A processor or a function of the user that threw. */
export type ProcessingHandler = (
  context: FailureContext,
  error: unknown,
  key: unknown,
  value: unknown,
) => HandlerAnswer;
/**
 * What to do about records that cannot be written: as with others, or `retry`, which begins the tasks anew from the last
 * commit, for a failure that can get better (`error.retriable`); for others it is `fail`.
 */
export type ProductionAnswer = {
  readonly result: HandlerAnswer['result'] | 'retry';
  readonly deadLetters?: readonly DeadLetter[];
};
/**
 * A record that cannot be written, or records that brokers did not take in `delivery.timeout.ms`: these are many, and already
 * on the way, so `resume` cannot leave them out, and the context names no record.
 */
export type ProductionHandler = (context: FailureContext, error: unknown, topic: string) => ProductionAnswer;

export type FailureHandlers = {
  readonly deserialization: DeserializationHandler;
  readonly processing: ProcessingHandler;
  readonly production: ProductionHandler;
};

/** `LogAndFail…`: the default. */
export function failOnError(context: FailureContext, error: unknown): HandlerAnswer {
  return { result: 'fail', deadLetters: deadLettersOf(context, error) };
}

/** `LogAndContinue…`: drops the record. */
export function continueOnError(context: FailureContext, error: unknown): HandlerAnswer {
  return { result: 'resume', deadLetters: deadLettersOf(context, error) };
}

export const DEFAULT_HANDLERS: FailureHandlers = {
  deserialization: failOnError,
  processing: failOnError,
  production: failOnError,
};

/** The source record for the configured dead-letter topic, with headers that say what happened (KIP-1034). */
export function deadLettersOf({ record, deadLetterTopic }: FailureContext, error: unknown): DeadLetter[] {
  if (deadLetterTopic === null) return [];
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const added = {
    exception: qualifiedJavaClassOf(error),
    stacktrace: stack,
    message,
    topic: record.topic ?? '',
    partition: String(record.partition),
    offset: String(record.offset),
  };
  const headers = Object.entries(added).map(([key, value]) => ({
    key: `__streams.errors.${key}`,
    value: encodeUtf8(value),
  }));
  return [
    {
      topic: deadLetterTopic,
      key: record.rawKey,
      value: record.rawValue,
      timestamp: record.timestamp,
      headers: [...record.headers, ...headers],
    },
  ];
}
