import { MillraceError } from '@millrace/base';
import type { BrokerLink } from '../connection/broker-link.ts';
import type { Cluster } from './cluster.ts';

/** Codes after which the group or transactional id must be looked up again. */
const MOVED: ReadonlySet<string> = new Set([
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
  'CONNECTION_CLOSED',
  'BROKER_NOT_AVAILABLE',
  'TIMED_OUT',
]);

/** Runs requests against the coordinator of a group; when it turns out to have moved, the next call looks it up anew. */
export async function withCoordinator<T>(
  cluster: Cluster,
  groupId: string,
  lane: string | undefined,
  run: (link: BrokerLink) => Promise<T>,
): Promise<T> {
  try {
    const nodeId = await cluster.coordinator('group', groupId);
    return await run(await cluster.link(nodeId, lane));
  } catch (thrown) {
    if (thrown instanceof MillraceError && MOVED.has(thrown.code)) cluster.forgetCoordinator('group', groupId);
    throw thrown;
  }
}
