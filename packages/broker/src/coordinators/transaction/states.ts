import { assert } from '@millrace/base';

/** The states of a transactional id, by the names that DescribeTransactions answers. */
export type TransactionState =
  | 'Empty'
  | 'Ongoing'
  | 'PrepareCommit'
  | 'PrepareAbort'
  | 'CompleteCommit'
  | 'CompleteAbort';

/** By the numbers that stand in the records. */
const STATES: readonly TransactionState[] = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
];

/**
 * Which state may follow which. An id without a transaction may get a new epoch (Empty), begin one, or abort one that
 * it never began: under the second protocol a client does not know whether the broker saw its records.
 *
 *     Empty ──▶ Ongoing ──▶ PrepareCommit ──▶ CompleteCommit ──▶ Empty, Ongoing, PrepareAbort
 *                      └──▶ PrepareAbort  ──▶ CompleteAbort  ──▶ Empty, Ongoing, PrepareAbort
 */
const NEXT: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  Empty: ['Empty', 'Ongoing', 'PrepareAbort'],
  Ongoing: ['Ongoing', 'PrepareCommit', 'PrepareAbort'],
  PrepareCommit: ['CompleteCommit'],
  PrepareAbort: ['CompleteAbort'],
  CompleteCommit: ['Empty', 'Ongoing', 'PrepareAbort'],
  CompleteAbort: ['Empty', 'Ongoing', 'PrepareAbort'],
};

/** Answers the next state, if the move is legal. */
export function moveTo(from: TransactionState, to: TransactionState): TransactionState {
  assert(NEXT[from].includes(to), `a transaction can't go from ${from} to ${to}`);
  return to;
}

export function stateNamed(name: string): TransactionState | undefined {
  return STATES.find((state) => state === name);
}

export function stateNumber(state: TransactionState): number {
  return STATES.indexOf(state);
}

export function stateNumbered(number: number): TransactionState | undefined {
  return STATES[number];
}
