import { MillraceError } from '@millrace/base';
import type { ConsumerRecord } from '@millrace/client';
import { oneOf } from '../command-line/client-properties.ts';
import { action, type Command, many, single } from '../command-line/command.ts';
import {
  choice,
  flag,
  type Options,
  type OptionValues,
  parseWholeNumber,
  text,
  valueOption,
  wholeNumber,
  withDefault,
} from '../command-line/option.ts';
import { expandPartitions, type PartitionsOf, parsePartitions } from '../command-line/partitions.ts';
import { parseTime } from '../command-line/times.ts';
import { BYTE_FORMATS, formatRecord, PARTS, type Part, type RecordFormat } from './records/format-record.ts';
import { ReadOffsets } from './records/read-offsets.ts';
import { readGroup, readPartitions, type Start } from './records/read-records.ts';

const GROUP_PROTOCOLS = ['classic', 'consumer'] as const;
const ISOLATION_LEVELS = ['read_uncommitted', 'read_committed'] as const;
/** Bytes of lines that are written together. */
const WRITE_BYTES = 64 * 1024;

const OPTIONS = {
  fromBeginning: flag('from the first record; with --group only where the group has committed nothing'),
  offset: valueOption('OFFSET', 'from this offset; -5 for the last five records of each partition', (given) =>
    parseWholeNumber(given, { min: Number.MIN_SAFE_INTEGER }),
  ),
  fromTime: valueOption('TIME', 'from the first record at or after 2026-01-31T10:00:00', parseTime),
  untilEnd: flag('ends where the partitions end now'),
  maxMessages: wholeNumber('COUNT', 'ends after so many records', { min: 1 }),
  timeoutMs: wholeNumber('MS', 'ends when no record came for so long', { min: 1 }),
  group: text('GROUP', 'reads as a member of a group, which keeps the offsets'),
  groupProtocol: choice(GROUP_PROTOCOLS, 'how the members share out the partitions; consumer is that of KIP-848'),
  isolation: choice(ISOLATION_LEVELS, 'whether records of open and aborted transactions are shown, too'),
  show: valueOption('PART,…', `what of each record: ${PARTS.join(', ')}; all for all of it`, parseParts),
  separator: withDefault(text('TEXT', 'what stands between the parts; \\t for a tab'), '\t', 'a tab'),
  keyAs: withDefault(choice(BYTE_FORMATS, 'how keys are shown'), 'text'),
  valueAs: withDefault(choice(BYTE_FORMATS, 'how values are shown'), 'text'),
  nullText: withDefault(text('TEXT', 'how null is shown'), 'null'),
} as const satisfies Options;

type ConsumeOptions = OptionValues<typeof OPTIONS>;

export const command: Command = single(
  action({
    about: 'read records of topics, and print one on each line',
    details:
      'Without --from-beginning, --offset or --from-time it waits for what comes. Ctrl-C ends it; a group then goes on behind ' +
      'what was printed. Of --config also group.id, group.protocol and isolation.level are taken.',
    args: { topics: many('TOPIC[:PARTITION,…]', 'topics, or some of their partitions') },
    options: OPTIONS,
    examples: [
      {
        about: 'all there is, with keys',
        line: 'millrace consume orders --from-beginning --until-end --show key,value',
      },
      { about: 'the last ten records of a partition', line: 'millrace consume orders:0 --offset -10 --until-end' },
      {
        about: 'as a group, without losing a byte',
        line: 'millrace consume orders --group audit --from-beginning --json',
      },
    ],
    json:
      'one line for each record: { topic, partition, offset, timestamp, key, value, headers: [{ key: string, value }] }, where ' +
      'key and value are string | null | { base64: string }',
    async run({ args, options, isJson, properties, terminal, ...call }) {
      const client = await call.client();
      const topics = args.topics.map(parsePartitions);
      const partitions = await expandPartitions(client.admin, topics);
      const isolation = options.isolation ?? oneOf(properties, 'isolation.level', ISOLATION_LEVELS, 'read_uncommitted');
      using idle = new IdleTimer(options.timeoutMs);
      const signal = AbortSignal.any([terminal.signal, idle.signal]);
      const read = new ReadOffsets();
      const { fromBeginning, untilEnd, group = properties['group.id'] } = options;
      const groupProtocol = options.groupProtocol ?? oneOf(properties, 'group.protocol', GROUP_PROTOCOLS, 'classic');
      const source =
        group === undefined
          ? readPartitions(client, partitions, { isolation, start: startOf(options), untilEnd, signal })
          : readGroup(
              client,
              { ...inGroup(options, topics), groupId: group, groupProtocol, fromBeginning, isolation, signal },
              read,
            );
      const format = formatOf(options, isJson);
      let count = 0;
      try {
        for await (const records of source) {
          idle.restart();
          const shown = records.slice(0, (options.maxMessages ?? Number.POSITIVE_INFINITY) - count);
          for (const lines of linesOf(shown, format)) await terminal.stdout.write(lines);
          read.note(shown);
          count += shown.length;
          if (count === options.maxMessages) break;
          signal.throwIfAborted();
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      if (!isJson) await terminal.stderr.write(`${count} ${count === 1 ? 'record' : 'records'}\n`);
      return undefined;
    },
  }),
);

/** Lines of records, joined to pieces that are worth a write. */
function* linesOf(records: readonly ConsumerRecord[], format: RecordFormat): Generator<Buffer> {
  let lines: Buffer[] = [];
  let bytes = 0;
  for (const record of records) {
    const line = formatRecord(record, format);
    lines.push(line);
    bytes += line.length;
    if (bytes < WRITE_BYTES) continue;
    yield Buffer.concat(lines);
    [lines, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(lines);
}

function startOf({ fromBeginning, offset, fromTime }: ConsumeOptions): Start {
  const given = [fromBeginning, offset !== undefined, fromTime !== undefined].filter(Boolean);
  if (given.length > 1) throw usage('give one of --from-beginning, --offset and --from-time');
  if (offset !== undefined) return offset < 0 ? { kind: 'tail', count: -offset } : { kind: 'place', place: offset };
  if (fromTime !== undefined) return { kind: 'time', timeMs: fromTime };
  return { kind: 'place', place: fromBeginning ? 'earliest' : 'latest' };
}

/** A group says which partitions a member reads, and from where. */
function inGroup(options: ConsumeOptions, topics: readonly PartitionsOf[]): { readonly topics: readonly string[] } {
  if (options.offset !== undefined || options.fromTime !== undefined || options.untilEnd) {
    throw usage('--offset, --from-time and --until-end are not for a group, which goes on where it was');
  }
  const narrowed = topics.find(({ partitions }) => partitions !== null);
  if (narrowed !== undefined)
    throw usage(`a group shares out the partitions itself: give ${narrowed.topic} without any`);
  return { topics: topics.map(({ topic }) => topic) };
}

function parseParts(given: string): readonly Part[] {
  if (given === 'all') return PARTS;
  return given.split(',').map((name) => {
    const part = PARTS.find((each) => each === name.trim());
    if (part === undefined) throw usage(`'${name}' is none of ${PARTS.join(', ')}, all`);
    return part;
  });
}

function formatOf(options: ConsumeOptions, isJson: boolean): RecordFormat {
  const { show = ['value'], separator, keyAs, valueAs, nullText } = options;
  return { isJson, parts: show, separator: separator.replaceAll('\\t', '\t'), keyAs, valueAs, nullText };
}

/** Ends the reading when nothing came for so long; never without a limit. */
class IdleTimer implements Disposable {
  readonly #end = new AbortController();
  readonly #limitMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number | undefined) {
    this.#limitMs = limitMs;
    this.restart();
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  restart(): void {
    clearTimeout(this.#timer);
    if (this.#limitMs !== undefined) this.#timer = setTimeout(() => this.#end.abort(), this.#limitMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}
