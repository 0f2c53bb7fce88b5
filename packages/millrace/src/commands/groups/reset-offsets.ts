import { readFileSync } from 'node:fs';
import { describeError, MillraceError } from '@millrace/base';
import type { Admin, TopicPartition } from '@millrace/client';
import { type Action, action, one } from '../../command-line/command.ts';
import {
  flag,
  type Options,
  type OptionValues,
  parseWholeNumber,
  repeated,
  text,
  valueOption,
  wholeNumber,
} from '../../command-line/option.ts';
import { expandPartitions, parsePartitions } from '../../command-line/partitions.ts';
import { lines, table } from '../../command-line/table.ts';
import { parseDuration, parseTime } from '../../command-line/times.ts';
import { type NewOffset, offsetsFor, type Target } from './new-offsets.ts';
import { formatPlan, parsePlan } from './offset-plan.ts';
import { isShareGroup } from './share-group.ts';

/** States in which the offsets of a group are nobody's. */
const WITHOUT_MEMBERS: ReadonlySet<string> = new Set(['Empty', 'Dead']);

const OPTIONS = {
  topic: repeated(valueOption('TOPIC[:PARTITION,…]', 'a topic, all its partitions or some of them', parsePartitions)),
  allTopics: flag('every topic for which the group has committed offsets'),
  toEarliest: flag('to the first record'),
  toLatest: flag('to the end'),
  toCurrent: flag('to what is committed now: with --export, a plan of it'),
  toOffset: wholeNumber('OFFSET', 'to this offset'),
  toDatetime: valueOption(
    'TIME',
    'to the first record at or after 2026-01-31T10:00:00 (UTC, or with a zone)',
    parseTime,
  ),
  byDuration: valueOption('DURATION', 'to the first record of the last P1DT12H, 90s, 15m, 2h or 7d', parseDuration),
  shiftBy: valueOption('COUNT', 'so many records on from what is committed; back with a minus', (given) =>
    parseWholeNumber(given, { min: Number.MIN_SAFE_INTEGER }),
  ),
  fromFile: text('FILE', 'to what a file says: lines TOPIC,PARTITION,OFFSET, as --export prints them'),
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
    const admin = await call.admin();
    await checkNoMembers(admin, args.group);
    const isShare = await isShareGroup(admin, args.group);
    const committed = isShare ? await startOffsets(admin, args.group) : await admin.listGroupOffsets(args.group);
    const partitions = await partitionsOf(admin, options, { target, committed });
    const current = new Map(committed.map(({ topic, partition, offset }) => [`${topic}:${partition}`, offset]));
    const offsets = await offsetsFor(admin, { target, partitions, current });
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

function targetOf(options: ResetOptions): Target {
  const { toOffset, toDatetime, byDuration, shiftBy, fromFile } = options;
  const targets: (Target | false | undefined)[] = [
    options.toEarliest && { kind: 'earliest' },
    options.toLatest && { kind: 'latest' },
    options.toCurrent && { kind: 'current' },
    toOffset !== undefined && { kind: 'offset', offset: toOffset },
    toDatetime !== undefined && { kind: 'time', timeMs: toDatetime },
    byDuration !== undefined && { kind: 'time', timeMs: Date.now() - byDuration },
    shiftBy !== undefined && { kind: 'shift', count: shiftBy },
    fromFile !== undefined && { kind: 'plan', plan: readPlan(fromFile) },
  ];
  const [target, ...others] = targets.filter((each) => each !== false && each !== undefined);
  if (target === undefined || others.length > 0) {
    throw usage(
      'give one of --to-earliest, --to-latest, --to-current, --to-offset, --to-datetime, --by-duration, --shift-by, --from-file',
    );
  }
  return target;
}

function readPlan(file: string): ReturnType<typeof parsePlan> {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`--from-file ${file}: ${describeError(error)}`);
  }
  return parsePlan(content, file);
}

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
async function checkNoMembers(admin: Admin, groupId: string): Promise<void> {
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
