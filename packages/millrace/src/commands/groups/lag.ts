import { MillraceError } from '@millrace/base';
import type { Admin, GroupDescription, TopicPartition } from '@millrace/client';

/** How far a group has come in one partition, and who of it reads there. */
export type LagRow = {
  readonly topic: string;
  readonly partition: number;
  /** Of a share group the first that it is not done with. */
  readonly committedOffset: number | null;
  /** Null for a topic that is no more. */
  readonly endOffset: number | null;
  /** Null where nothing is committed. */
  readonly lag: number | null;
  /** Null where nobody reads, and in a share group, where many may. */
  readonly memberId: string | null;
  readonly clientId: string | null;
  readonly clientHost: string | null;
};

export type GroupLag = { readonly groupId: string; readonly state: string; readonly partitions: readonly LagRow[] };

/** Every partition that the group has committed or reads now. */
export async function groupLag(admin: Admin, groupId: string): Promise<GroupLag> {
  const [described] = await admin.describeGroups([groupId]);
  if (described!.groupType === 'share') return await shareGroupLag(admin, described!);
  const committed = await admin.listGroupOffsets(groupId);
  const readers = readersOf(described!);
  const offsets = new Map(committed.map(({ topic, partition, offset }) => [`${topic}:${partition}`, offset]));
  const keys = [...new Set([...offsets.keys(), ...readers.keys()])];
  const partitions = keys.map(toPartition).sort(inOrder);
  const ends = await endOffsets(admin, partitions);
  return {
    groupId,
    state: described!.state,
    partitions: partitions.map(({ topic, partition }) => {
      const key = `${topic}:${partition}`;
      const committedOffset = offsets.get(key) ?? null;
      const endOffset = ends.get(key) ?? null;
      const reader = readers.get(key);
      return {
        topic,
        partition,
        committedOffset,
        endOffset,
        lag: committedOffset === null || endOffset === null ? null : Math.max(endOffset - committedOffset, 0),
        memberId: reader?.memberId ?? null,
        clientId: reader?.clientId ?? null,
        clientHost: reader?.clientHost ?? null,
      };
    }),
  };
}

/** Records that are done with out of order are no lag: the broker counts them. */
async function shareGroupLag(admin: Admin, { groupId, state }: GroupDescription): Promise<GroupLag> {
  const offsets = (await admin.listShareGroupOffsets(groupId)).toSorted(inOrder);
  const ends = await endOffsets(admin, offsets);
  return {
    groupId,
    state,
    partitions: offsets.map(({ topic, partition, startOffset, lag }) => ({
      topic,
      partition,
      committedOffset: startOffset,
      endOffset: ends.get(`${topic}:${partition}`) ?? null,
      lag,
      memberId: null,
      clientId: null,
      clientHost: null,
    })),
  };
}

function readersOf({ members }: GroupDescription): ReadonlyMap<string, GroupDescription['members'][number]> {
  return new Map(
    members.flatMap((member) =>
      member.assignment.map(({ topic, partition }) => [`${topic}:${partition}`, member] as const),
    ),
  );
}

function toPartition(key: string) {
  const at = key.lastIndexOf(':');
  return { topic: key.slice(0, at), partition: Number(key.slice(at + 1)) };
}

function inOrder(left: TopicPartition, right: TopicPartition): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}

/** Offsets may be committed for topics that were deleted since: those have no end. */
async function endOffsets(admin: Admin, partitions: readonly TopicPartition[]): Promise<ReadonlyMap<string, number>> {
  const there = new Set<string>();
  for (const name of new Set(partitions.map(({ topic }) => topic))) {
    try {
      const [topic] = await admin.describeTopics([name]);
      for (const { partition } of topic!.partitions) there.add(`${name}:${partition}`);
    } catch (thrown) {
      if (!(thrown instanceof MillraceError) || thrown.code !== 'UNKNOWN_TOPIC_OR_PARTITION') throw thrown;
    }
  }
  const asked = partitions.filter(({ topic, partition }) => there.has(`${topic}:${partition}`));
  const ends = await admin.listOffsets(asked, 'latest');
  return new Map(ends.map(({ topic, partition, offset }) => [`${topic}:${partition}`, offset]));
}
