import { MillraceError } from '@millrace/base';
import type { BrokerLink } from '../connection/broker-link.ts';
import type { Cluster } from './cluster.ts';
import type { CoordinatorKind } from './coordinators.ts';

/** Codes after which the group or transactional id must be looked up again. */
const MOVED: ReadonlySet<string> = new Set([
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
  'CONNECTION_CLOSED',
  'BROKER_NOT_AVAILABLE',
  'TIMED_OUT',
]);

/** Runs requests against the coordinator of a group; when it turns out to have moved, the next call looks it up anew. */
export function withCoordinator<T>(
  cluster: Cluster,
  groupId: string,
  lane: string | undefined,
  run: (link: BrokerLink, nodeId: number) => Promise<T>,
): Promise<T> {
  return withCoordinatorOf(cluster, { kind: 'group', key: groupId }, lane, run);
}

/** The same for the coordinator of a group or of a transactional id. */
export async function withCoordinatorOf<T>(
  cluster: Cluster,
  { kind, key }: { readonly kind: CoordinatorKind; readonly key: string },
  lane: string | undefined,
  run: (link: BrokerLink, nodeId: number) => Promise<T>,
): Promise<T> {
  try {
    const nodeId = await cluster.coordinator(kind, key);
    return await run(await cluster.link(nodeId, lane), nodeId);
  } catch (thrown) {
    if (thrown instanceof MillraceError && MOVED.has(thrown.code)) cluster.forgetCoordinator(kind, key);
    throw thrown;
  }
}
