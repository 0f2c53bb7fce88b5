import { illegalArgument } from '../errors.ts';
import { mergePositions, type Position } from './position.ts';

/** Why a partition did not answer, in Kafka Streams' words. */
export type FailureReason =
  /** The store is of a kind that has no answer to such a query. */
  | 'UNKNOWN_QUERY_TYPE'
  /** A running task was asked for, and here is a copy, or a task that is still being restored. */
  | 'NOT_ACTIVE'
  /** The partition is not as far as the request's position bound. */
  | 'NOT_UP_TO_BOUND'
  /** The partition is on another instance, or about to be. */
  | 'NOT_PRESENT'
  /** The store has no such partition. */
  | 'DOES_NOT_EXIST'
  /** The store failed. */
  | 'STORE_EXCEPTION';

export type QuerySuccess<R> = {
  readonly kind: 'success';
  readonly result: R;
  /** How far the task had processed its inputs. */
  readonly position: Position;
  readonly executionInfo: readonly string[];
};

export type QueryFailure = {
  readonly kind: 'failure';
  readonly reason: FailureReason;
  readonly message: string;
  readonly executionInfo: readonly string[];
};

/** What one partition answered. */
export type QueryResult<R> = QuerySuccess<R> | QueryFailure;

/** What all partitions answered that were asked on this instance. */
export class StateQueryResult<R> {
  readonly partitionResults: ReadonlyMap<number, QueryResult<R>>;
  /** The answer of a global store, which has no partitions; else null. */
  readonly globalResult: QueryResult<R> | null;

  constructor(partitionResults: ReadonlyMap<number, QueryResult<R>>, globalResult: QueryResult<R> | null) {
    this.partitionResults = partitionResults;
    this.globalResult = globalResult;
  }

  /** Of all answers together: a bound for later queries that must not see less. */
  get position(): Position {
    const answers = [...this.partitionResults.values(), ...(this.globalResult === null ? [] : [this.globalResult])];
    return mergePositions(...answers.flatMap((answer) => (answer.kind === 'success' ? [answer.position] : [])));
  }

  /**
   * The one answer that is something, of a query for one key; null where no partition has anything.
   *
   * @throws MillraceError `INVALID_ARGUMENT` when several partitions have
   */
  get onlyPartitionResult(): QuerySuccess<R> | null {
    const found = [...this.partitionResults.values()].flatMap((answer) =>
      answer.kind === 'success' && answer.result !== null ? [answer] : [],
    );
    if (found.length > 1) {
      throw illegalArgument(`the query has results in ${found.length} partitions: look at partitionResults`);
    }
    return found[0] ?? null;
  }
}

export function failure(reason: FailureReason, message: string): QueryFailure {
  return { kind: 'failure', reason, message, executionInfo: [] };
}
