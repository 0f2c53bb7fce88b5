import { PartitionCollector, type TopicPartitions } from '../consumer/partitions.ts';

/** A member of a share group, as its assignor sees it. */
export type ShareSubscriber = {
  readonly memberId: string;
  /** Topics that it wants and that exist. */
  readonly topicIds: ReadonlySet<string>;
  readonly target: TopicPartitions;
};

type Seat = { readonly subscriber: ShareSubscriber; readonly load: Place[]; readonly loadMax: number };
type Place = {
  readonly topicId: string;
  readonly partition: number;
  readonly readers: Seat[];
  readonly readersMax: number;
};

/**
 * Kafka's `simple` assignor in its idea: every partition has a reader and every member a partition, loads are even, and
 * what there is stays. Where members are fewer than partitions, no two share one; where they are more, each has one.
 * (Kafka spreads new members by hash codes; here they go where there are fewest.)
 */
export function assignSimply(
  subscribers: readonly ShareSubscriber[],
  partitionCount: (topicId: string) => number,
): ReadonlyMap<string, TopicPartitions> {
  const readersOf = new Map<string, ShareSubscriber[]>();
  for (const subscriber of subscribers) {
    for (const topicId of subscriber.topicIds) {
      const known = readersOf.get(topicId);
      if (known === undefined) readersOf.set(topicId, [subscriber]);
      else known.push(subscriber);
    }
  }
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  const reach = new Map(subscribers.map((one) => [one, sum([...one.topicIds].map(partitionCount))]));
  const seats = new Map<string, Seat>();
  for (const subscriber of subscribers) {
    const share = sum([...subscriber.topicIds].map((id) => partitionCount(id) / readersOf.get(id)!.length));
    seats.set(subscriber.memberId, { subscriber, load: [], loadMax: wholePart(share) });
  }
  const places = new Map<string, Place>();
  for (const [topicId, readers] of [...readersOf].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const readersMax = wholePart(sum(readers.map((reader) => 1 / Math.max(reach.get(reader)!, 1))));
    for (let partition = 0; partition < partitionCount(topicId); partition++) {
      places.set(`${topicId}/${partition}`, { topicId, partition, readers: [], readersMax });
    }
  }
  keep(seats, places);
  for (const place of places.values()) {
    if (place.readers.length > 0) continue;
    const reader = best(
      readersOf.get(place.topicId)!.map(seatOf),
      (seat) => seat.load.length,
      (seat) => had(seat, place),
    );
    if (reader !== null) join(reader, place);
  }
  for (const seat of seats.values()) {
    if (seat.load.length > 0) continue;
    const wanted = [...places.values()].filter(({ topicId }) => seat.subscriber.topicIds.has(topicId));
    const place = best(
      wanted,
      ({ readers }) => readers.length,
      (one) => had(seat, one),
    );
    if (place !== null) join(seat, place);
  }
  return new Map([...seats].map(([memberId, { load }]) => [memberId, collected(load)]));

  function seatOf({ memberId }: ShareSubscriber): Seat {
    return seats.get(memberId)!;
  }
}

/** What members have stays, as long as nobody has more than its share, nor a partition more readers than its own. */
function keep(seats: ReadonlyMap<string, Seat>, places: ReadonlyMap<string, Place>): void {
  for (const seat of seats.values()) {
    for (const [topicId, partitions] of seat.subscriber.target) {
      if (!seat.subscriber.topicIds.has(topicId)) continue;
      for (const partition of partitions) {
        const place = places.get(`${topicId}/${partition}`);
        if (place === undefined || seat.load.length >= seat.loadMax || place.readers.length >= place.readersMax)
          continue;
        join(seat, place);
      }
    }
  }
}

function join(seat: Seat, place: Place): void {
  seat.load.push(place);
  place.readers.push(seat);
}

/** At least one; sums of parts are a hair less than the whole. */
function wholePart(share: number): number {
  return Math.max(1, Math.floor(share + 1e-9));
}

/** The first of those with the least weight, one that is preferred before others. */
function best<T>(candidates: readonly T[], weightOf: (one: T) => number, isPreferred: (one: T) => boolean): T | null {
  let found: { readonly one: T; readonly weight: number; readonly isPreferred: boolean } | null = null;
  for (const one of candidates) {
    const weight = weightOf(one);
    const isBetter =
      found === null || weight < found.weight || (weight === found.weight && !found.isPreferred && isPreferred(one));
    if (isBetter) found = { one, weight, isPreferred: isPreferred(one) };
  }
  return found?.one ?? null;
}

function had({ subscriber }: Seat, { topicId, partition }: Place): boolean {
  return subscriber.target.get(topicId)?.includes(partition) === true;
}

function collected(load: readonly Place[]): TopicPartitions {
  const collector = new PartitionCollector();
  for (const { topicId, partition } of load) collector.add(topicId, partition);
  return collector.collected();
}
