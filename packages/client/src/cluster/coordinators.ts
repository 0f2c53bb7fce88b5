import { FindCoordinatorRequestDefaults, type FindCoordinatorResponse } from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import { throwIfError } from '../lib/errors.ts';
import type { ClusterNode } from './metadata.ts';

export type CoordinatorKind = 'group' | 'transaction';

const KEY_TYPE: Readonly<Record<CoordinatorKind, number>> = { group: 0, transaction: 1 };
/** From this version on, one request asks for many keys (KIP-699). */
const FIRST_BATCH_VERSION = 4;

/** Asks which node coordinates a group or a transactional id. */
export async function findCoordinator(link: BrokerLink, kind: CoordinatorKind, key: string): Promise<ClusterNode> {
  const keyType = KEY_TYPE[kind];
  const isBatch = link.versionOf('FindCoordinator') >= FIRST_BATCH_VERSION;
  const answer = await link.call('FindCoordinator', {
    ...FindCoordinatorRequestDefaults,
    key: isBatch ? '' : key,
    keyType,
    coordinatorKeys: isBatch ? [key] : [],
  });
  const found = isBatch ? (answer.coordinators[0] ?? answer) : answer;
  const {
    errorCode,
    errorMessage,
    nodeId,
    host,
    port,
  }: Omit<FindCoordinatorResponse, 'coordinators' | 'throttleTimeMs'> = found;
  throwIfError(errorCode, `looking for the coordinator of ${kind} '${key}'`, { key }, errorMessage);
  return { nodeId, host, port, rack: null };
}
