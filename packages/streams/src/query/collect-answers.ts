import { GLOBAL_PARTITION, type PartitionAnswer } from './answer-question.ts';
import { type FailureReason, failure, type QueryResult, StateQueryResult } from './query-result.ts';

/** Puts together what threads answered; partitions that were asked for and are not here say so. */
export function collectAnswers<R>(
  answers: readonly PartitionAnswer[],
  asked: readonly number[] | null,
  partitionCount: number | null,
): StateQueryResult<R> {
  const results = new Map<number, QueryResult<R>>();
  let globalResult: QueryResult<R> | null = null;
  for (const { partition, outcome } of answers) {
    // The query's type says what its answers are.
    const result = outcome as QueryResult<R>;
    if (partition === GLOBAL_PARTITION) globalResult = result;
    else if (results.get(partition)?.kind !== 'success') results.set(partition, result);
  }
  if (globalResult !== null) return new StateQueryResult(results, globalResult);
  for (const partition of asked ?? []) {
    if (results.has(partition)) continue;
    const exists = partitionCount === null || (partition >= 0 && partition < partitionCount);
    results.set(partition, exists ? failure(...notPresent(partition)) : failure(...noSuch(partition, partitionCount)));
  }
  return new StateQueryResult(results, null);
}

function notPresent(partition: number): [FailureReason, string] {
  return ['NOT_PRESENT', `partition ${partition} is not on this instance; queryMetadataForKey says where a key is`];
}

function noSuch(partition: number, count: number): [FailureReason, string] {
  return ['DOES_NOT_EXIST', `there is no partition ${partition}: the store has ${count}`];
}
