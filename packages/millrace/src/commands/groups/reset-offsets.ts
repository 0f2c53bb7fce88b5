import { MillraceError } from '@millrace/base';
import type { Admin, TopicPartition } from '@millrace/client';
import { type Action, action, one } from '../../command-line/command.ts';
import { flag, type Options, type OptionValues, repeated, valueOption } from '../../command-line/option.ts';
import { expandPartitions, parsePartitions } from '../../command-line/partitions.ts';
import { lines, table } from '../../command-line/table.ts';
import { type NewOffset, offsetsFor, type Target } from './new-offsets.ts';
import { formatPlan } from './offset-plan.ts';
import { TARGET_FLAGS, TARGET_OPTIONS, targetOf } from './reset-target.ts';
import { isShareGroup } from './share-group.ts';

/** States in which the offsets of a group are nobody's. */
const WITHOUT_MEMBERS: ReadonlySet<string> = new Set(['Empty', 'Dead']);

const OPTIONS = {
  topic: repeated(valueOption('TOPIC[:PARTITION,…]', 'a topic, all its partitions or some of them', parsePartitions)),
  allTopics: flag('every topic for which the group has committed offsets'),
  ...TARGET_OPTIONS,
  execute: flag('do it'),
  dryRun: flag('only tell, the default'),
  export: flag('print the new offsets as --from-file takes them'),
} as const satisfies Options;

export const resetOffsets: Action = action({
  about: 'set the committed offsets of a group that has no members now',
  details:
    'Without --execute nothing is changed: what would be is printed. Offsets that lie outside of a partition become its first ' +
    'or next offset. A group that does not exist yet is made. A share group delivers everything from there on anew.',
  args: { group: one('GROUP', 'the group') },
  options: OPTIONS,
  examples: [
    {
      about: 'what reading all again would mean',
      line: 'millrace groups reset-offsets billing --topic orders --to-earliest',
    },
    {
      about: 'the last hour once more',
      line: 'millrace groups reset-offsets billing --all-topics --by-duration PT1H --execute',
    },
    {
      about: 'a plan to come back to',
      line: 'millrace groups reset-offsets billing --all-topics --to-current --export > before.csv',
    },
  ],
  json: '{ groupId: string, isDryRun: boolean, offsets: [{ topic, partition, from: number | null, to: number }] }',
  async run({ args, options, ...call }) {
    if (options.execute && options.dryRun) throw usage('give --execute or --dry-run, not both');
    const target = targetOf(options);
    if (target === null) throw usage(`give one of ${TARGET_FLAGS}`);
    const admin = await call.admin();
    await checkNoMembers(admin, args.group);
    const isShare = await isShareGroup(admin, args.group);
    const committed = isShare ? await startOffsets(admin, args.group) : await admin.listGroupOffsets(args.group);
    const partitions = await partitionsOf(admin, options, { target, committed });
    const offsets = await offsetsFor(admin, { target, partitions, committed });
    if (options.execute) {
      const wanted = offsets.map(({ topic, partition, to }) => ({ topic, partition, offset: to }));
      if (isShare) await admin.alterShareGroupOffsets(args.group, wanted);
      else await admin.alterGroupOffsets(args.group, wanted);
    }
    return { groupId: args.group, isDryRun: !options.execute, offsets };
  },
  print: ({ groupId, isDryRun, offsets }, { export: isExport }) =>
    isExport ? formatPlan(offsets) : printOffsets(groupId, isDryRun, offsets),
});

/** Where a share group stands, as far as it has begun to read. */
async function startOffsets(admin: Admin, groupId: string): Promise<readonly (TopicPartition & { offset: number })[]> {
  return (await admin.listShareGroupOffsets(groupId)).flatMap(({ topic, partition, startOffset }) =>
    startOffset === null ? [] : [{ topic, partition, offset: startOffset }],
  );
}

type ResetOptions = OptionValues<typeof OPTIONS>;

async function partitionsOf(
  admin: Admin,
  { topic, allTopics }: ResetOptions,
  { target, committed }: { readonly target: Target; readonly committed: readonly TopicPartition[] },
): Promise<readonly TopicPartition[]> {
  if (allTopics && topic.length > 0) throw usage('give --topic or --all-topics, not both');
  if (topic.length > 0) return await expandPartitions(admin, topic);
  if (target.kind === 'plan') return target.plan;
  if (!allTopics) throw usage('which partitions? Give --topic or --all-topics');
  const names = [...new Set(committed.map((each) => each.topic))];
  return await expandPartitions(
    admin,
    names.map((name) => ({ topic: name, partitions: null })),
  );
}

/** Members would commit over it, and Kafka refuses it for that. A group that is not there yet is fine. */
export async function checkNoMembers(admin: Admin, groupId: string): Promise<void> {
  const listed = (await admin.listGroups()).find((each) => each.groupId === groupId);
  if (listed === undefined) return;
  const [described] = await admin.describeGroups([groupId]);
  if (WITHOUT_MEMBERS.has(described!.state)) return;
  throw new MillraceError(
    'NON_EMPTY_GROUP',
    `group '${groupId}' is ${described!.state} with ${described!.members.length} members: stop them first`,
  );
}

function printOffsets(groupId: string, isDryRun: boolean, offsets: readonly NewOffset[]): string {
  const rows = offsets.map(({ topic, partition, from, to }) => [groupId, topic, partition, from, to]);
  const note = isDryRun ? lines(['Nothing was changed: --execute does it.']) : '';
  return table(['GROUP', 'TOPIC', 'PARTITION', 'CURRENT-OFFSET', 'NEW-OFFSET'], rows) + note;
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}
