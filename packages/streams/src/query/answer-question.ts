import { type Clock, describeError } from '@millrace/base';
import { StreamsError } from '../errors.ts';
import { answerQuery, type QueriedStore } from './answer-query.ts';
import { PartitionRows } from './partition-rows.ts';
import { hasReached, NO_POSITION, type Position } from './position.ts';
import { failure, type QueryResult } from './query-result.ts';
import type { StateQuery } from './state-query.ts';

/** A query as a thread gets it: for all that it holds of a store. */
export type StoreQuestion = {
  readonly store: string;
  readonly query: StateQuery;
  /** Null: all. */
  readonly partitions: readonly number[] | null;
  readonly requireActive: boolean;
  /** Whether the thread refuses while it does not have all of its tasks: an answer then would not be all there is. */
  readonly requireSteady: boolean;
  readonly positionBound: Position;
  /** Whether one answer that is something is enough: a key is in one partition, so the others need not be read. */
  readonly firstOnly: boolean;
  /** Whether answers tell how far they go: not free, and not asked for by handles. */
  readonly withPosition: boolean;
  readonly executionInfo: boolean;
};

/** A store that a thread holds: a task's, a copy, or a global one. */
export type HeldStore = QueriedStore & {
  readonly task: string;
  /** {@link GLOBAL_PARTITION} for a global store. */
  readonly partition: number;
  /** Whether its task runs here. */
  readonly isActive: boolean;
  position(): Position;
  /** Whether it is still held: rows of one that moved away must not pass as all there are. */
  isHeld(): boolean;
};

/** Where global stores stand among partitions. */
export const GLOBAL_PARTITION = -1;

export type PartitionAnswer = { readonly partition: number; readonly outcome: QueryResult<unknown> };

/** Asks all stores at one moment; rows are read later. */
export function answerQuestion(
  question: StoreQuestion,
  held: readonly HeldStore[],
  clock: Pick<Clock, 'monotonicMs'>,
): readonly PartitionAnswer[] {
  const { partitions } = question;
  const asked = held.filter(({ partition }) => {
    return partitions === null || partition === GLOBAL_PARTITION || partitions.includes(partition);
  });
  const answers: PartitionAnswer[] = [];
  for (const store of asked) {
    const outcome = question.executionInfo ? explained(question, store, clock) : outcomeOf(question, store);
    answers.push({ partition: store.partition, outcome });
    if (question.firstOnly && outcome.kind === 'success' && outcome.result !== null) break;
  }
  return answers;
}

function explained(question: StoreQuestion, store: HeldStore, clock: Pick<Clock, 'monotonicMs'>): QueryResult<unknown> {
  const beganMs = clock.monotonicMs();
  const outcome = outcomeOf(question, store);
  const { kind, name } = store.spec;
  const where = `${kind} store ${name} of ${store.isActive ? 'the running' : 'a copy of'} task ${store.task}`;
  const info = `Handled by the ${where} in ${(clock.monotonicMs() - beganMs).toFixed(3)} ms`;
  return { ...outcome, executionInfo: [info] };
}

function outcomeOf(question: StoreQuestion, held: HeldStore): QueryResult<unknown> {
  const { query, requireActive, positionBound, withPosition } = question;
  const { partition, task, spec } = held;
  if (requireActive && !held.isActive) {
    return failure(
      'NOT_ACTIVE',
      `task ${task} of store ${spec.name} does not run here: it is a copy, or being restored`,
    );
  }
  const position = withPosition ? held.position() : NO_POSITION;
  if (!hasReached(position, positionBound, partition)) {
    const [has, wanted] = [JSON.stringify(position), JSON.stringify(positionBound)];
    return failure(
      'NOT_UP_TO_BOUND',
      `partition ${partition} of store ${spec.name} is at ${has}, not yet at ${wanted}`,
    );
  }
  try {
    const answer = answerQuery(query, held);
    if (answer.kind === 'refused') return failure('UNKNOWN_QUERY_TYPE', answer.message);
    const result = answer.kind === 'value' ? answer.value : new PartitionRows(answer.rows, () => checkHeld(held));
    return { kind: 'success', result, position, executionInfo: [] };
  } catch (error) {
    return failure('STORE_EXCEPTION', describeError(error));
  }
}

function checkHeld({ spec, partition, isHeld }: HeldStore): void {
  if (isHeld()) return;
  const message = `partition ${partition} of store ${spec.name} moved away while it was read`;
  throw new StreamsError('INVALID_STATE_STORE', message, { retriable: true });
}
