import { MillraceError } from '@millrace/base';
import type { Admin, TopicPartition } from '@millrace/client';
import { action, type Command, one, single } from '../command-line/command.ts';
import { flag, type Options, repeated, text } from '../command-line/option.ts';
import { expandPartitions } from '../command-line/partitions.ts';
import { lines, table } from '../command-line/table.ts';
import { type NewOffset, offsetsFor, type Target } from './groups/new-offsets.ts';
import { checkNoMembers } from './groups/reset-offsets.ts';
import { TARGET_OPTIONS, targetOf } from './groups/reset-target.ts';

/** What topics of an application's own end in: stores' changelogs, repartitions, and the two of a foreign-key join. */
const INTERNAL_ENDINGS = [
  '-changelog',
  '-repartition',
  '-subscription-registration-topic',
  '-subscription-response-topic',
];

const OPTIONS = {
  inputTopics: repeated(text('TOPIC,…', 'the topics that the application reads, to be read anew')),
  internalTopics: repeated(text('TOPIC,…', 'topics of its own to delete; without it all of them')),
  ...TARGET_OPTIONS,
  force: flag('throw members out of the group that are still in it'),
  execute: flag('do it'),
  dryRun: flag('only tell, the default'),
} as const satisfies Options;

type Reset = {
  readonly applicationId: string;
  readonly isDryRun: boolean;
  readonly offsets: readonly NewOffset[];
  readonly deletedTopics: readonly string[];
};

export const command: Command = single(
  action({
    about: 'have a Kafka Streams application begin anew: its inputs read again, its own topics deleted',
    details:
      'As kafka-streams-application-reset. Stop all instances first, or give --force. Inputs go to their first record ' +
      'unless told otherwise. Without --execute nothing is changed: what would be is printed. What the application has ' +
      'written to its outputs stays. State on disk that belongs to deleted topics is dropped by Millrace at the next ' +
      'start; with Kafka Streams itself call KafkaStreams.cleanUp() on each instance.',
    args: { applicationId: one('APPLICATION_ID', 'the application.id') },
    options: OPTIONS,
    examples: [
      {
        about: 'what it would do',
        line: 'millrace streams-reset word-count --input-topics lines',
      },
      {
        about: 'begin anew, with the records of the last day',
        line: 'millrace streams-reset word-count --input-topics lines --by-duration P1D --execute',
      },
    ],
    json:
      '{ applicationId: string, isDryRun: boolean, offsets: [{ topic, partition, from: number | null, to: number }], ' +
      'deletedTopics: [string] }',
    async run({ args, options, ...call }): Promise<Reset> {
      const { applicationId } = args;
      if (options.execute && options.dryRun) throw usage('give --execute or --dry-run, not both');
      const target = targetOf(options) ?? { kind: 'earliest' };
      const admin = await call.admin();
      const topics = (await admin.listTopics()).map(({ name }) => name);
      const deletedTopics = topicsToDelete(applicationId, topics, namesOf(options.internalTopics));
      const offsets = await inputOffsets(admin, applicationId, { topics: namesOf(options.inputTopics), target });
      if (!options.force) await checkNoMembers(admin, applicationId);
      else if (options.execute) await throwOut(admin, applicationId);
      if (options.execute) {
        const wanted = offsets.map(({ topic, partition, to }) => ({ topic, partition, offset: to }));
        if (wanted.length > 0) await admin.alterGroupOffsets(applicationId, wanted);
        if (deletedTopics.length > 0) await admin.deleteTopics(deletedTopics);
      }
      return { applicationId, isDryRun: !options.execute, offsets, deletedTopics };
    },
    print: ({ isDryRun, offsets, deletedTopics }) => {
      const rows = offsets.map(({ topic, partition, from, to }) => [topic, partition, from, to]);
      const verb = isDryRun ? 'Would delete' : 'Deleted';
      const notes = [
        ...deletedTopics.map((topic) => `${verb} ${topic}`),
        ...(isDryRun ? ['Nothing was changed: --execute does it.'] : []),
      ];
      const moved = rows.length === 0 ? '' : table(['TOPIC', 'PARTITION', 'CURRENT-OFFSET', 'NEW-OFFSET'], rows);
      return moved + (notes.length === 0 ? '' : lines(notes));
    },
  }),
);

function namesOf(given: readonly string[]): readonly string[] {
  return given.flatMap((each) => each.split(',')).filter((name) => name !== '');
}

/** @throws MillraceError `USAGE` for a topic that is none of the application's own. */
function topicsToDelete(applicationId: string, topics: readonly string[], named: readonly string[]): readonly string[] {
  const own = topics.filter(
    (name) => name.startsWith(`${applicationId}-`) && INTERNAL_ENDINGS.some((ending) => name.endsWith(ending)),
  );
  const wrong = named.find((name) => !own.includes(name));
  if (wrong === undefined) return (named.length === 0 ? own : [...named]).toSorted();
  throw usage(`${wrong} is no internal topic of ${applicationId}; it has: ${own.join(', ') || 'none'}`);
}

async function inputOffsets(
  admin: Admin,
  applicationId: string,
  { topics, target }: { readonly topics: readonly string[]; readonly target: Target },
): Promise<readonly NewOffset[]> {
  if (topics.length === 0) return [];
  const committed = (await isThere(admin, applicationId)) ? await admin.listGroupOffsets(applicationId) : [];
  const all = await expandPartitions(
    admin,
    topics.map((topic) => ({ topic, partitions: null })),
  );
  const partitions: readonly TopicPartition[] = target.kind === 'plan' ? target.plan : all;
  return await offsetsFor(admin, { target, partitions, committed });
}

async function isThere(admin: Admin, groupId: string): Promise<boolean> {
  return (await admin.listGroups()).some((each) => each.groupId === groupId);
}

async function throwOut(admin: Admin, groupId: string): Promise<void> {
  if (!(await isThere(admin, groupId))) return;
  const [group] = await admin.describeGroups([groupId]);
  const members = group!.members.map(({ memberId, groupInstanceId }) => ({ memberId, groupInstanceId }));
  if (members.length > 0) await admin.removeGroupMembers(groupId, members);
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}
