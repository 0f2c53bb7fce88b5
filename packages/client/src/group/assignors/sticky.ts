import { partitionKey, type TopicPartition } from '../../lib/topic-partition.ts';
import type { AssignInput, Assignor, MemberAssignment, MemberSubscription } from '../assignor.ts';
import { subscribedPartitions } from './spread.ts';

/**
 * Balanced, and with as few moves as that allows: everyone keeps what they own, the rest goes to whoever has least,
 * then partitions move from those with most to those with least. What moves is first given back, and handed on in a
 * second round, so that nobody else has to stop (KIP-429; Java's CooperativeStickyAssignor).
 */
export const cooperativeStickyAssignor: Assignor = {
  name: 'cooperative-sticky',
  rebalanceProtocol: 'cooperative',
  assign(input) {
    const owners = currentOwners(input);
    const balanced = assignSticky(input, owners);
    return toAssignments(balanced, (memberId, partition) => {
      const owner = owners.get(partitionKey(partition.topic, partition.partition));
      return owner === undefined || owner === memberId;
    });
  },
};

type Holdings = Map<string, TopicPartition[]>;

function toAssignments(
  holdings: Holdings,
  mayHave: (memberId: string, partition: TopicPartition) => boolean,
): ReadonlyMap<string, MemberAssignment> {
  return new Map(
    [...holdings].map(([memberId, partitions]) => [
      memberId,
      { partitions: partitions.filter((partition) => mayHave(memberId, partition)), userData: null },
    ]),
  );
}

/** Who owns each partition now. Of two who claim one, the newer generation is right; of the same one, neither is. */
function currentOwners({ members, partitionCounts }: AssignInput): ReadonlyMap<string, string> {
  const claims = new Map<string, { readonly memberId: string | undefined; readonly generation: number }>();
  for (const { memberId, topics, ownedPartitions, generation } of members) {
    for (const { topic, partition } of ownedPartitions) {
      if (!topics.includes(topic) || partition >= (partitionCounts.get(topic) ?? 0)) continue;
      const key = partitionKey(topic, partition);
      const before = claims.get(key);
      if (before === undefined || generation > before.generation) claims.set(key, { memberId, generation });
      else if (generation === before.generation) claims.set(key, { memberId: undefined, generation });
    }
  }
  return new Map([...claims].flatMap(([key, { memberId }]) => (memberId === undefined ? [] : [[key, memberId]])));
}

function assignSticky(input: AssignInput, owners: ReadonlyMap<string, string>): Holdings {
  const { members } = input;
  const holdings: Holdings = new Map(members.map(({ memberId }) => [memberId, []]));
  const free: TopicPartition[] = [];
  for (const partition of subscribedPartitions(input)) {
    const owner = owners.get(partitionKey(partition.topic, partition.partition));
    if (owner === undefined) free.push(partition);
    else holdings.get(owner)!.push(partition);
  }
  // Those with the fewest possible takers first: the others can still go elsewhere.
  const takers = (partition: TopicPartition) => members.filter(({ topics }) => topics.includes(partition.topic));
  const byChoice = free.map((partition) => ({ partition, takers: takers(partition) }));
  byChoice.sort((left, right) => left.takers.length - right.takers.length);
  for (const choice of byChoice) holdings.get(leastLoaded(choice.takers, holdings))!.push(choice.partition);
  // What nobody owns moves freely; what someone owns costs that one a stop, so it moves only where that is not enough.
  const freeOnes = new Set(free);
  balance(members, holdings, takers, (partition) => freeOnes.has(partition));
  balance(members, holdings, takers, () => true);
  return holdings;
}

/** Each move lowers the sum of the squares of the loads, so this ends. */
function balance(
  members: readonly MemberSubscription[],
  holdings: Holdings,
  takers: (partition: TopicPartition) => readonly MemberSubscription[],
  mayMove: (partition: TopicPartition) => boolean,
): void {
  for (let hasMoved = true; hasMoved; ) {
    hasMoved = false;
    const byLoad = [...members].sort((left, right) => load(right.memberId, holdings) - load(left.memberId, holdings));
    for (const { memberId } of byLoad) {
      const mine = holdings.get(memberId)!;
      for (let index = mine.length - 1; index >= 0; index--) {
        if (!mayMove(mine[index]!)) continue;
        const other = leastLoaded(takers(mine[index]!), holdings);
        if (load(other, holdings) + 1 >= mine.length) continue;
        holdings.get(other)!.push(...mine.splice(index, 1));
        hasMoved = true;
      }
    }
  }
}

function leastLoaded(members: readonly MemberSubscription[], holdings: Holdings): string {
  let least = members[0]!.memberId;
  for (const { memberId } of members) if (load(memberId, holdings) < load(least, holdings)) least = memberId;
  return least;
}

function load(memberId: string, holdings: Holdings): number {
  return holdings.get(memberId)!.length;
}
