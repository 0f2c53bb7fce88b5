import type { TopicPartition } from '../../lib/topic-partition.ts';
import type { Assignor, MemberAssignment } from '../assignor.ts';
import { partitionsOf } from './spread.ts';

/**
 * Topic by topic, each member gets a run of neighbouring partitions: topics with equal counts meet at the same members,
 * so that records with the same key do. (Java's RangeAssignor, without racks.)
 */
export const rangeAssignor: Assignor = {
  name: 'range',
  rebalanceProtocol: 'eager',
  assign({ members, partitionCounts }) {
    const assigned = new Map<string, TopicPartition[]>(members.map(({ memberId }) => [memberId, []]));
    for (const topic of [...partitionCounts.keys()].sort()) {
      const interested = inStableOrder(members.filter((member) => member.topics.includes(topic)));
      const partitions = partitionsOf(topic, partitionCounts);
      const share = Math.floor(partitions.length / interested.length);
      const withOneMore = partitions.length % interested.length;
      interested.forEach(({ memberId }, index) => {
        const start = share * index + Math.min(index, withOneMore);
        const end = start + share + (index < withOneMore ? 1 : 0);
        assigned.get(memberId)!.push(...partitions.slice(start, end));
      });
    }
    return new Map<string, MemberAssignment>(
      [...assigned].map(([memberId, partitions]) => [memberId, { partitions, userData: null }]),
    );
  },
};

/** Static members keep their place across restarts, which give them new member ids (KIP-345). */
function inStableOrder<M extends { readonly memberId: string; readonly groupInstanceId: string | null }>(
  members: readonly M[],
): readonly M[] {
  const key = ({ memberId, groupInstanceId }: M) => (groupInstanceId === null ? `1${memberId}` : `0${groupInstanceId}`);
  return [...members].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}
