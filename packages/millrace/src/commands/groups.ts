import { MillraceError } from '@millrace/base';
import type { Admin, TopicPartition } from '@millrace/client';
import { action, any, type Command, group, many, one } from '../command-line/command.ts';
import { flag, repeated, required, text, valueOption } from '../command-line/option.ts';
import { expandPartitions, parsePartitions } from '../command-line/partitions.ts';
import { lines, table } from '../command-line/table.ts';
import { groupLag, type LagRow } from './groups/lag.ts';
import { resetOffsets } from './groups/reset-offsets.ts';
import { isShareGroup } from './groups/share-group.ts';

const GROUPS = any('GROUP', 'the groups; all without any');

const list = action({
  about: 'list groups',
  options: {
    state: repeated(text('STATE', 'only groups in this state: Stable, Empty, PreparingRebalance, …')),
    type: repeated(text('TYPE', 'only groups of this type: classic, consumer or share')),
  },
  examples: [
    { about: 'all groups', line: 'millrace groups list' },
    { about: 'groups that nobody reads with now', line: 'millrace groups list --state Empty --json' },
    { about: 'groups whose members share partitions', line: 'millrace groups list --type share' },
  ],
  json: '[{ groupId: string, protocolType: string, state: string, groupType: string }]',
  async run({ options, admin }) {
    const groups = await (await admin()).listGroups({ states: options.state, types: options.type });
    return groups.toSorted((left, right) => (left.groupId < right.groupId ? -1 : 1));
  },
  print: (groups) =>
    table(
      ['GROUP', 'STATE', 'TYPE', 'PROTOCOL'],
      groups.map(({ groupId, state, groupType, protocolType }) => [groupId, state, groupType, protocolType]),
    ),
});

/** The groups that were named, or all. */
async function groupIds(named: readonly string[], admin: { listGroups(): Promise<readonly { groupId: string }[]> }) {
  return named.length > 0 ? named : (await admin.listGroups()).map(({ groupId }) => groupId).sort();
}

const describe = action({
  about: 'tell how far groups have read: committed offset, end and lag of each partition, and who reads it',
  details:
    'Of a share group the offset is the first that it is not done with; the lag leaves out what it has done beyond that.',
  args: { groups: GROUPS },
  examples: [{ about: 'the lag of one group', line: 'millrace groups describe billing' }],
  json:
    '[{ groupId: string, state: string, partitions: [{ topic, partition, committedOffset: number | null, ' +
    'endOffset, lag: number | null, memberId: string | null, clientId: string | null, clientHost: string | null }] }]',
  async run({ args, ...call }) {
    const admin = await call.admin();
    return await Promise.all((await groupIds(args.groups, admin)).map((groupId) => groupLag(admin, groupId)));
  },
  print: (groups) =>
    groups
      .map(({ groupId, state, partitions }) => {
        const rows = partitions.map((row) => [groupId, ...lagCells(row)]);
        const note = partitions.length === 0 ? 'no committed offsets and no members\n' : '';
        return `Group ${groupId}: ${state}\n${rows.length === 0 ? note : table(LAG_HEADINGS, rows)}`;
      })
      .join('\n'),
});

const LAG_HEADINGS = [
  'GROUP',
  'TOPIC',
  'PARTITION',
  'CURRENT-OFFSET',
  'LOG-END-OFFSET',
  'LAG',
  'MEMBER',
  'HOST',
  'CLIENT',
];

function lagCells(row: LagRow) {
  const { topic, partition, committedOffset, endOffset, lag, memberId, clientHost, clientId } = row;
  return [topic, partition, committedOffset, endOffset, lag, memberId, clientHost, clientId];
}

const members = action({
  about: 'list the members of groups and what each reads',
  args: { groups: GROUPS },
  examples: [{ about: 'who reads in a group', line: 'millrace groups members billing' }],
  json:
    '[{ groupId: string, members: [{ memberId, groupInstanceId: string | null, clientId, clientHost, ' +
    'memberEpoch: number | null, assignment: [{ topic, partition }], targetAssignment: [{ topic, partition }] | null }] }]',
  async run({ args, ...call }) {
    const admin = await call.admin();
    const groups = await admin.describeGroups(await groupIds(args.groups, admin));
    return groups.map((described) => ({ groupId: described.groupId, members: described.members }));
  },
  print: (groups) =>
    table(
      ['GROUP', 'MEMBER', 'INSTANCE', 'HOST', 'CLIENT', 'ASSIGNMENT'],
      groups.flatMap(({ groupId, members: list }) =>
        list.map(({ memberId, groupInstanceId, clientHost, clientId, assignment }) => {
          const partitions = assignment.map(({ topic, partition }) => `${topic}-${partition}`).join(',');
          return [groupId, memberId, groupInstanceId, clientHost, clientId, partitions];
        }),
      ),
    ),
});

const state = action({
  about: 'tell the state of groups: coordinator, assignor, number of members',
  args: { groups: GROUPS },
  examples: [{ about: 'of all groups', line: 'millrace groups state' }],
  json:
    "[{ groupId: string, state: string, groupType: 'classic' | 'consumer' | 'share', coordinator: number, assignor: string, " +
    'groupEpoch: number | null, memberCount: number }]',
  async run({ args, ...call }) {
    const admin = await call.admin();
    const groups = await admin.describeGroups(await groupIds(args.groups, admin));
    return groups.map(({ groupId, state: now, groupType, coordinator, protocolName, groupEpoch, members: list }) => ({
      groupId,
      state: now,
      groupType,
      coordinator,
      assignor: protocolName,
      groupEpoch,
      memberCount: list.length,
    }));
  },
  print: (groups) =>
    table(
      ['GROUP', 'STATE', 'TYPE', 'COORDINATOR', 'ASSIGNOR', 'MEMBERS'],
      groups.map(({ groupId, state: now, groupType, coordinator, assignor, memberCount }) => [
        groupId,
        now,
        groupType,
        coordinator,
        assignor,
        memberCount,
      ]),
    ),
});

const remove = action({
  about: 'delete groups that have no members, with their committed offsets',
  args: { groups: many('GROUP', 'the groups') },
  examples: [{ about: 'a group that is not needed any more', line: 'millrace groups delete billing-test' }],
  json: '{ deleted: string[] }',
  async run({ args, admin }) {
    await (await admin()).deleteGroups(args.groups);
    return { deleted: args.groups };
  },
  print: ({ deleted }) => lines(deleted.map((groupId) => `Deleted ${groupId}`)),
});

const deleteOffsets = action({
  about: 'delete committed offsets of a group',
  details:
    'Refused for topics that members of the group read now. A share group forgets topics as a whole, and only while it has ' +
    'no members.',
  args: { group: one('GROUP', 'the group') },
  options: {
    topic: required(repeatedTopics('the topic, all its partitions or some of them')),
    dryRun: flag('tells what would be deleted'),
  },
  examples: [
    { about: 'of a topic', line: 'millrace groups delete-offsets billing --topic orders' },
    { about: 'of two partitions', line: 'millrace groups delete-offsets billing --topic orders:0,2' },
  ],
  json: '{ groupId: string, deleted: [{ topic, partition }], isDryRun: boolean }',
  async run({ args, options, ...call }) {
    const admin = await call.admin();
    const partitions = await expandPartitions(admin, options.topic);
    if (!options.dryRun) await deleteOffsetsOf(admin, args.group, { wanted: options.topic, partitions });
    return { groupId: args.group, deleted: partitions, isDryRun: options.dryRun };
  },
  print: ({ groupId, deleted, isDryRun }) =>
    lines(deleted.map((each) => `${isDryRun ? 'Would delete' : 'Deleted'} ${groupId} ${each.topic}-${each.partition}`)),
});

type Wanted = { readonly topic: string; readonly partitions: readonly number[] | null };

async function deleteOffsetsOf(
  admin: Admin,
  groupId: string,
  { wanted, partitions }: { readonly wanted: readonly Wanted[]; readonly partitions: readonly TopicPartition[] },
): Promise<void> {
  if (!(await isShareGroup(admin, groupId))) return await admin.deleteGroupOffsets(groupId, partitions);
  const parted = wanted.find((each) => each.partitions !== null);
  if (parted !== undefined) {
    throw new MillraceError(
      'USAGE',
      `'${groupId}' is a share group: it forgets ${parted.topic} as a whole, not in part`,
    );
  }
  await admin.deleteShareGroupOffsets(
    groupId,
    wanted.map(({ topic }) => topic),
  );
}

function repeatedTopics(about: string) {
  const one = valueOption('TOPIC[:PARTITION,…]', about, parsePartitions);
  const several = repeated(one);
  return {
    ...several,
    read: (given: readonly string[]) => (given.length === 0 ? undefined : several.read(given)),
  };
}

export const command: Command = group({
  list,
  describe,
  members,
  state,
  delete: remove,
  'delete-offsets': deleteOffsets,
  'reset-offsets': resetOffsets,
});
