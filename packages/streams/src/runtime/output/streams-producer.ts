import type { MillraceError } from '@millrace/base';
import type { BatchDelivery, OffsetToCommit } from '@millrace/client';
import type { Header } from '../../state/record-context.ts';

/**
 * What a failure of delivering or committing means: it may be tried again `later`; the tasks are `lost`, to another owner
 * or with their transaction, and must begin anew from what was committed; or it is `fatal`.
 */
export type Setback = 'later' | 'lost' | 'fatal';

/** Codes that say: others may run these tasks by now. */
export const MOVED_CODES: ReadonlySet<string> = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
]);

export type DeliveryListener = (delivery: BatchDelivery) => void;

/** How records and offsets of one application on one thread reach the brokers, by its `processing.guarantee`. */
export type StreamsProducer = {
  /** Before the first record. */
  open(): Promise<void>;
  /** Why nothing of what was appended since the last commit can be delivered any more. */
  readonly failure: MillraceError | undefined;
  /** Encodes the record at once, and never waits. */
  append(
    topic: string,
    partition: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly Header[],
  ): void;
  /** False when whoever appends should wait. */
  readonly hasRoom: boolean;
  waitForRoom(): Promise<void>;
  /** Waits until everything appended so far is delivered. */
  flush(): Promise<void>;
  /** Commits how far the inputs of what was delivered were processed. */
  commit(offsets: readonly OffsetToCommit[]): Promise<void>;
  /** After tasks were lost: nothing that no commit covered must count, as far as the guarantee goes. */
  takeBack(): Promise<void>;
  judge(error: unknown): Setback;
  close(timeoutMs: number): Promise<void>;
};
