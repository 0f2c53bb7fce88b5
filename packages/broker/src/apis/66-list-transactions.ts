/**
 * ListTransactions, versions 0–2 (KIP-664). 1: by age (KIP-994). 2: by a pattern of the id (KIP-1152).
 * Deviations: patterns are JavaScript's where RE2 differs.
 */
import { ErrorCode, type ListTransactionsRequest } from '@millrace/protocol';
import { stateNamed } from '../coordinators/transaction/states.ts';
import type { Transaction } from '../coordinators/transaction/transaction.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const listTransactions: BrokerApi = defineApi({
  name: 'ListTransactions',
  handle(services, request) {
    const unknownStateFilters = request.stateFilters.filter((name) => stateNamed(name) === undefined);
    const none = { throttleTimeMs: 0, unknownStateFilters, transactionStates: [] };
    const pattern = patternOf(request.transactionalIdPattern);
    if (pattern === undefined) return { ...none, errorCode: ErrorCode.INVALID_REGULAR_EXPRESSION };
    const onlyUnknown = request.stateFilters.length > 0 && unknownStateFilters.length === request.stateFilters.length;
    if (onlyUnknown) return { ...none, errorCode: 0 };
    const nowMs = services.clock.wallMs();
    const listed = [...services.transactions.list()].filter((known) => isWanted(known, request, pattern, nowMs));
    const transactionStates = listed.map(({ transactionalId, producerId, state }) => ({
      transactionalId,
      producerId,
      transactionState: state,
    }));
    return { ...none, errorCode: 0, transactionStates };
  },
});

function isWanted(
  { state, producerId, startMs, transactionalId }: Transaction,
  { stateFilters, producerIdFilters, durationFilter }: ListTransactionsRequest,
  pattern: RegExp | null,
  nowMs: number,
): boolean {
  if (stateFilters.length > 0 && !stateFilters.includes(state)) return false;
  if (producerIdFilters.length > 0 && !producerIdFilters.includes(producerId)) return false;
  if (durationFilter >= 0 && (startMs < 0 || nowMs - startMs <= durationFilter)) return false;
  return pattern === null || pattern.test(transactionalId);
}

/** Null for no pattern, undefined for a wrong one. */
function patternOf(text: string | null): RegExp | null | undefined {
  if (text === null || text === '') return null;
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    return undefined;
  }
}
