import { createReadStream } from 'node:fs';
import { describeError, MillraceError } from '@millrace/base';
import type { Producer, ProducerOptions } from '@millrace/client';
import { numberOf } from '../command-line/client-properties.ts';
import { action, type Command, one, single } from '../command-line/command.ts';
import {
  choice,
  flag,
  type Options,
  type OptionValues,
  text,
  wholeNumber,
  withDefault,
} from '../command-line/option.ts';
import { type InputRecord, parseJsonLine, parseTextLine } from './records/parse-line.ts';
import { type InputLine, readLines } from './records/read-lines.ts';

const OPTIONS = {
  file: text('FILE', 'reads a file instead of standard input'),
  format: withDefault(
    choice(
      ['text', 'json'],
      'each line is a value (with key and headers as told below), or a record as consume --json prints it',
    ),
    'text',
  ),
  keySeparator: text('TEXT', 'each line is a key, this, and the value; \\t for a tab'),
  headers: flag('each line begins with NAME:VALUE,NAME:VALUE and a tab'),
  nullMarker: text('TEXT', 'a key, value or header value of this text is null'),
  partition: wholeNumber('NUMBER', 'all records go here; without it, by the hash of their key as Java has it'),
  compression: choice(['none', 'gzip', 'snappy', 'lz4', 'zstd'], 'how batches are compressed'),
  acks: choice(['all', '1', '0'], 'who must have a record before it counts as sent'),
  lingerMs: wholeNumber('MS', 'how long a batch waits for more records'),
  batchBytes: wholeNumber('BYTES', 'how large a batch gets', { min: 1 }),
} as const satisfies Options;

type ProduceOptions = OptionValues<typeof OPTIONS>;

export const command: Command = single(
  action({
    about: 'write records to a topic, one for each line of input',
    details:
      'What was read before a line that is wrong is delivered; the error names the line. The topic must exist. Of --config ' +
      'also acks, compression.type, linger.ms and batch.size are taken.',
    args: { topic: one('TOPIC', 'the topic') },
    options: OPTIONS,
    examples: [
      { about: 'what is typed', line: 'millrace produce orders' },
      { about: 'keys and values from a file', line: 'millrace produce orders --file orders.txt --key-separator :' },
      {
        about: 'a topic copied as it is, keys, headers, timestamps and all',
        line: 'millrace consume orders --from-beginning --until-end --json | millrace produce copy --format json',
      },
    ],
    json: '{ topic: string, records: number }',
    async run({ args, options, terminal, properties, ...call }) {
      if (options.format === 'json' && (options.keySeparator !== undefined || options.headers)) {
        throw new MillraceError('USAGE', '--key-separator and --headers say how text is read: leave --format json out');
      }
      const client = await call.client();
      const [topic] = await client.admin.describeTopics([args.topic]);
      const { partition } = options;
      if (partition !== undefined && partition >= topic!.partitions.length) {
        throw new MillraceError('USAGE', `--partition ${partition}: ${args.topic} has ${topic!.partitions.length}`);
      }
      await using producer = client.producer(producerOptions(options, properties));
      const writer = new LineWriter(producer, args.topic, options);
      const source = options.file === undefined ? terminal.stdin : createReadStream(options.file);
      for await (const lines of inputLines(source, options.file)) await writer.write(lines);
      await writer.finish();
      return { topic: args.topic, records: writer.count };
    },
    print: ({ topic, records }) => `Produced ${records} ${records === 1 ? 'record' : 'records'} to ${topic}\n`,
  }),
);

async function* inputLines(source: AsyncIterable<Uint8Array>, file: string | undefined) {
  try {
    yield* readLines(source);
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    throw new MillraceError('INPUT_UNREADABLE', `${file ?? 'standard input'}: ${describeError(error)}`, {
      cause: error,
    });
  }
}

function producerOptions(options: ProduceOptions, properties: Readonly<Record<string, string>>): ProducerOptions {
  const acks = options.acks ?? properties.acks ?? 'all';
  const compression = options.compression ?? properties['compression.type'];
  const lingerMs = options.lingerMs ?? numberOf(properties, 'linger.ms');
  const batchBytes = options.batchBytes ?? numberOf(properties, 'batch.size');
  return {
    ...(acks === '0' ? { acks: 0, idempotent: false } : acks === '1' ? { acks: 1, idempotent: false } : {}),
    ...(compression === undefined ? {} : { compression: compression as NonNullable<ProducerOptions['compression']> }),
    ...(lingerMs === undefined ? {} : { lingerMs }),
    ...(batchBytes === undefined ? {} : { batchBytes }),
  };
}

/** Sends lines in order; the first failure stops it and names its line. */
class LineWriter {
  readonly #producer: Producer;
  readonly #topic: string;
  readonly #options: ProduceOptions;
  #failure: MillraceError | undefined;
  count = 0;

  constructor(producer: Producer, topic: string, options: ProduceOptions) {
    this.#producer = producer;
    this.#topic = topic;
    this.#options = options;
  }

  async write(lines: readonly InputLine[]): Promise<void> {
    for (const line of lines) {
      if (this.#failure !== undefined) break;
      this.#send(this.#parse(line), line.number);
    }
    if (this.#failure !== undefined) await this.finish();
    await this.#producer.waitForRoom();
  }

  /** Waits until all is delivered. @throws MillraceError what failed first. */
  async finish(): Promise<void> {
    try {
      await this.#producer.flush();
    } catch (error) {
      throw this.#failure ?? error;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #parse({ bytes, number }: InputLine): InputRecord | undefined {
    const { format, keySeparator, headers, nullMarker } = this.#options;
    const separator = keySeparator?.replaceAll('\\t', '\t');
    try {
      if (format === 'json') return parseJsonLine(bytes);
      const headersDelimiter = headers ? '\t' : undefined;
      return parseTextLine(bytes, { keySeparator: separator, headersDelimiter, nullMarker });
    } catch (error) {
      this.#fail(error, number);
      return undefined;
    }
  }

  #send(record: InputRecord | undefined, line: number): void {
    if (record === undefined) return;
    const { partition = this.#options.partition, timestamp, ...rest } = record;
    this.#producer
      .send({
        topic: this.#topic,
        ...rest,
        ...(partition === undefined ? {} : { partition }),
        ...(timestamp === undefined ? {} : { timestamp }),
      })
      .catch((error: unknown) => this.#fail(error, line));
    this.count += 1;
  }

  #fail(error: unknown, line: number): void {
    const code = error instanceof MillraceError ? error.code : 'UNEXPECTED';
    const message = error instanceof Error ? error.message : String(error);
    this.#failure ??= new MillraceError(code, `line ${line}: ${message}`, {
      cause: error instanceof MillraceError ? undefined : error,
    });
  }
}
