import type { TopicPartition } from '../../lib/topic-partition.ts';
import type { Assignor } from '../assignor.ts';
import { subscribedPartitions } from './spread.ts';

/** All partitions of all topics are dealt out in turn. (Java's RoundRobinAssignor.) */
export const roundRobinAssignor: Assignor = {
  name: 'roundrobin',
  rebalanceProtocol: 'eager',
  assign(input) {
    const { members } = input;
    const assigned = new Map<string, TopicPartition[]>(members.map(({ memberId }) => [memberId, []]));
    let turn = 0;
    for (const partition of subscribedPartitions(input)) {
      while (!members[turn % members.length]!.topics.includes(partition.topic)) turn++;
      assigned.get(members[turn++ % members.length]!.memberId)!.push(partition);
    }
    return new Map([...assigned].map(([memberId, partitions]) => [memberId, { partitions, userData: null }]));
  },
};
