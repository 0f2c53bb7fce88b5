import { dirname, resolve } from 'node:path';
import { MillraceError, type Random, seededRandom, systemClock, systemRandom } from '@millrace/base';
import type { HttpSchemaRegistry } from '@millrace/ksql/datagen';
import { action, any, type Command, single } from '../command-line/command.ts';
import {
  choice,
  type Option,
  type Options,
  type OptionValues,
  text,
  wholeNumber,
  withAliases,
  withDefault,
} from '../command-line/option.ts';
import { readText } from './ksql-connection.ts';

/** Loaded when something is run: help needs none of it. */
const datagen = (): Promise<typeof import('@millrace/ksql/datagen')> => import('@millrace/ksql/datagen');
type Datagen = Awaited<ReturnType<typeof datagen>>;

const FORMATS = ['json', 'avro', 'protobuf', 'protobuf_nosr', 'json_sr', 'delimited', 'kafka'] as const;

/** A choice whatever its case, as ksql-datagen has it. */
function format(about: string): Option<(typeof FORMATS)[number] | undefined> {
  const known = choice(FORMATS, about);
  return { ...known, read: (given) => known.read(given.map((each) => each.toLowerCase())) };
}

const OPTIONS = {
  quickstart: choice(
    ['users', 'users_', 'pageviews', 'orders'],
    "a data set of ksqlDB's tutorials; users_ has lists and maps",
  ),
  schema: text('FILE', 'an Avro schema; arg.properties in it say what the values are'),
  topic: text('TOPIC', 'where to; made where it is not there. With a quickstart: users_kafka_topic_json and such'),
  key: text('FIELD', 'the field that is the key, too. With a quickstart: its own'),
  timestamp: text('FIELD', "the field of the records' time, a long; without it, now"),
  keyFormat: withDefault(format('how keys are written'), 'kafka'),
  valueFormat: withAliases(format('how values are written; with a quickstart json'), 'format'),
  valueDelimiter: text('CHARACTER', 'between the fields of delimited values; SPACE and TAB, too'),
  iterations: wholeNumber('COUNT', 'records from each thread; without it, until it is ended', { min: 1 }),
  msgRate: wholeNumber('COUNT', 'records a second', { min: 1 }),
  maxInterval: wholeNumber('MS', 'the most time between two records, by chance'),
  nThreads: withDefault(wholeNumber('COUNT', 'generators, each with iterations of its own', { min: 1 }), 1),
  printRows: withDefault(choice(['true', 'false'], 'whether each record is told when it is delivered'), 'true'),
  schemaRegistryUrl: withDefault(text('URL', 'for avro, protobuf and json_sr'), 'http://localhost:8081'),
  seed: wholeNumber('NUMBER', 'the same seed makes the same rows; not those of now'),
} as const satisfies Options;

type Given = OptionValues<typeof OPTIONS>;

export const command: Command = single(
  action({
    about: 'fill a topic with random rows, for trying out and for tests',
    details:
      'Options may be spelled as ksql-datagen has them, too: quickstart=users format=avro maxInterval=100. Of a schema ' +
      'options, regex, length, prefix, suffix, iteration, range, odds and keys are taken from arg.properties, and ' +
      'format_as_time. The brokers are those of --bootstrap and --config.',
    args: { words: any('NAME=VALUE', 'an option, as ksql-datagen spells it') },
    options: OPTIONS,
    examples: [
      { about: 'page views, ten a second', line: 'millrace ksql-datagen --quickstart pageviews --msg-rate 10' },
      {
        about: "as ksqlDB's tutorials write it",
        line: 'millrace ksql-datagen quickstart=users format=json topic=users',
      },
      {
        about: 'a thousand of your own, the same each time',
        line: 'millrace ksql-datagen --schema trades.avsc --topic trades --key id --format json --iterations 1000 --seed 7',
      },
    ],
    json: '{ topic: string, records: number }',
    async run({ args, options, isJson, terminal, ...call }) {
      const loaded = await datagen();
      const { populateTopic, recordMaker, rowGenerator } = loaded;
      const plan = planOf(withWords(options, args.words), loaded.QUICKSTARTS);
      const { iterations = null, msgRate = null, maxInterval = null, nThreads, seed, printRows } = plan.options;
      const randomOf = (index: number): Random => (seed === undefined ? systemRandom : seededRandom(seed + index));
      const generators = Array.from({ length: nThreads }, (_, index) => {
        return rowGenerator(plan.schema, { random: randomOf(index), clock: systemClock, readFile: plan.readFile });
      });
      const { columns } = generators[0]!;
      const { topic } = plan;
      await using registry = new LazyRegistry(
        () => new loaded.HttpSchemaRegistry({ url: plan.options.schemaRegistryUrl }),
      );
      const record = recordMaker({ ...plan, columns, registry: () => registry.open() });
      const client = await call.client();
      await client.admin.createTopics([{ name: topic }], { ignoreExisting: true });
      await using producer = client.producer();
      const records = await populateTopic({
        producer,
        topic,
        sources: generators.map((generator) => () => generator.next()),
        record,
        iterations,
        ratePerSecond: msgRate,
        maxIntervalMs: maxInterval,
        random: randomOf(nThreads),
        clock: systemClock,
        onDelivered: async (row, timestampMs) => {
          if (printRows === 'true' && !isJson) await terminal.stdout.write(`${row} ts:${timestampMs}\n`);
        },
        signal: terminal.signal,
      });
      return isJson ? { topic, records } : undefined;
    },
  }),
);

/** A registry that is there once a format needs it. */
class LazyRegistry implements AsyncDisposable {
  readonly #make: () => HttpSchemaRegistry;
  #registry: HttpSchemaRegistry | undefined;

  constructor(make: () => HttpSchemaRegistry) {
    this.#make = make;
  }

  open(): HttpSchemaRegistry {
    this.#registry ??= this.#make();
    return this.#registry;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#registry?.close();
  }
}

/** Names that ksql-datagen spells in its own way, and those that the tools here have another place for. */
const WORDS: Readonly<Record<string, keyof typeof OPTIONS>> = {
  'key-format': 'keyFormat',
  'value-format': 'valueFormat',
  format: 'valueFormat',
};
const ELSEWHERE: Readonly<Record<string, string>> = {
  'bootstrap-server': '--bootstrap',
  propertiesFile: '--config',
};

function withWords(options: Given, words: readonly string[]): Given {
  const given = words.map((word) => {
    const at = word.indexOf('=');
    if (at <= 0 || at === word.length - 1) {
      throw usage(`Invalid argument format in '${word}'; expected <name>=<value>`);
    }
    const name = word.slice(0, at).trim();
    const elsewhere = ELSEWHERE[name];
    if (elsewhere !== undefined) throw usage(`for ${name} give ${elsewhere} ${word.slice(at + 1)}`);
    const key = WORDS[name] ?? (Object.hasOwn(OPTIONS, name) ? (name as keyof typeof OPTIONS) : undefined);
    if (key === undefined) throw usage(`Unknown argument name in '${name}'`);
    return [key, OPTIONS[key].read([word.slice(at + 1).trim()])] as const;
  });
  return { ...options, ...Object.fromEntries(given) };
}

/** All that has to be known before the first row. */
function planOf(options: Given, quickstarts: Datagen['QUICKSTARTS']) {
  const quickstart = options.quickstart === undefined ? undefined : quickstarts[options.quickstart];
  const valueFormat = options.valueFormat ?? (quickstart === undefined ? undefined : 'json');
  const schema = options.schema === undefined ? quickstart?.schema : readText(options.schema);
  const defaultTopic = quickstart && `${quickstart.topicRoot}_kafka_topic_${valueFormat}`;
  const folder = options.schema === undefined ? '.' : dirname(options.schema);
  return {
    options,
    schema: needed(schema, 'Schema file not provided'),
    valueFormat: needed(valueFormat, 'Message value format not provided'),
    topic: needed(options.topic ?? defaultTopic, 'Kafka topic name not provided'),
    key: needed(options.key ?? quickstart?.key, 'Name of key column not provided'),
    keyFormat: options.keyFormat,
    timestamp: options.timestamp ?? null,
    valueDelimiter: options.valueDelimiter ?? null,
    readFile: (path: string) => readText(resolve(folder, path)),
  };
}

function needed<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw usage(message);
  return value;
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}
