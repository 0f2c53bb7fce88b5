/**
 * ListTransactions, versions 0–2 (KIP-664). 1: by age (KIP-994). 2: by a pattern of the id in RE2's syntax (KIP-1152).
 */
import type { ListTransactionsRequest } from '@millrace/protocol';
import { stateNamed } from '../coordinators/transaction/states.ts';
import type { Transaction } from '../coordinators/transaction/transaction.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { compileRegex } from '../lib/regex/compile.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const listTransactions: BrokerApi = defineApi({
  name: 'ListTransactions',
  handle(services, request) {
    const unknownStateFilters = request.stateFilters.filter((name) => stateNamed(name) === undefined);
    const none = { throttleTimeMs: 0, unknownStateFilters, transactionStates: [] };
    const nowMs = services.clock.wallMs();
    let matches: (transactionalId: string) => boolean;
    try {
      matches = matcherOf(request.transactionalIdPattern);
    } catch (error) {
      return { ...none, unknownStateFilters: [], errorCode: errorCodeOf(error) };
    }
    const onlyUnknown = request.stateFilters.length > 0 && unknownStateFilters.length === request.stateFilters.length;
    if (onlyUnknown) return { ...none, errorCode: 0 };
    const listed = [...services.transactions.list()].filter(
      (known) => isWanted(known, request, nowMs) && matches(known.transactionalId),
    );
    const transactionStates = listed.map(({ transactionalId, producerId, state }) => ({
      transactionalId,
      producerId,
      transactionState: state,
    }));
    return { ...none, errorCode: 0, transactionStates };
  },
});

function isWanted(
  { state, producerId, startMs }: Transaction,
  { stateFilters, producerIdFilters, durationFilter }: ListTransactionsRequest,
  nowMs: number,
): boolean {
  if (stateFilters.length > 0 && !stateFilters.includes(state)) return false;
  if (producerIdFilters.length > 0 && !producerIdFilters.includes(producerId)) return false;
  return durationFilter < 0 || (startMs >= 0 && nowMs - startMs > durationFilter);
}

/** @throws BrokerError `INVALID_REGULAR_EXPRESSION` */
function matcherOf(pattern: string | null): (transactionalId: string) => boolean {
  return pattern === null || pattern === '' ? () => true : compileRegex(pattern);
}
