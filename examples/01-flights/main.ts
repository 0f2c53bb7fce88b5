import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Broker } from 'millrace/broker';
import { Client } from 'millrace/client';
import { KsqlEngine } from 'millrace/ksql';
import { KafkaStreams } from 'millrace/streams';
import { prepareTopics, streamFlights } from './load.ts';
import { Results } from './results.ts';
import { Progress, printTable } from './terminal.ts';
import { delaysByHour } from './topology.ts';

const USAGE = `usage: npm start -- [options]
Streams real flights into a broker and asks twice how late departures were, by airport and hour: once as a Streams app,
once as SQL. Prints both tables and checks that they are equal. Goes on where an earlier start ended.

  --data DIR             where everything is kept (default .millrace/flights)
  --bootstrap HOST:PORT  run on this Kafka instead of the embedded broker
  --port PORT            where the embedded broker listens while this runs (default: any free port)
  --flights N            stream in the first N of the 20,000 flights (default: all)
  --json                 print the result as JSON
  --help                 this text
`;

const FLIGHTS = 20_000;
const WAIT_MS_MAX = 50_000;

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: '.millrace/flights' },
    bootstrap: { type: 'string' },
    port: { type: 'string', default: '0' },
    flights: { type: 'string', default: String(FLIGHTS) },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(USAGE);
else process.exitCode = await run();

async function run(): Promise<number> {
  const say = (text: string): void => void (options.json ? process.stderr : process.stdout).write(`${text}\n`);
  // A worker of its own: the broker answers others while this process computes.
  const broker = options.bootstrap
    ? null
    : await Broker.start({ data: join(options.data, 'broker'), port: Number(options.port), thread: true });
  const bootstrapServers = options.bootstrap ?? broker!.bootstrapServers;
  say(broker ? `Embedded broker on ${bootstrapServers}, data in ${options.data}` : `Kafka on ${bootstrapServers}`);
  try {
    return await compareBothSides(bootstrapServers, say);
  } finally {
    await broker?.close();
  }
}

async function compareBothSides(bootstrapServers: string, say: (text: string) => void): Promise<number> {
  await using client = new Client({ bootstrapServers });
  await prepareTopics(client);
  await using streams = new KafkaStreams(delaysByHour(), {
    applicationId: 'flights-by-topology',
    bootstrapServers,
    stateDir: join(options.data, 'streams'),
    commitIntervalMs: 500,
  });
  await using sql = await KsqlEngine.start({
    bootstrapServers,
    serviceId: 'flights_',
    stateDir: join(options.data, 'ksql'),
    config: { 'auto.offset.reset': 'earliest', 'ksql.streams.commit.interval.ms': '500' },
  });
  await streams.start();
  await sql.execute(readFileSync(join(import.meta.dirname, 'queries.sql'), 'utf8'));

  const byTopology = new Results(client, 'delays-by-topology');
  const bySql = new Results(client, 'delays-by-sql');
  const end = new AbortController();
  const following = Promise.all([byTopology.follow(end.signal), bySql.follow(end.signal)]);
  const wanted = Math.min(Number(options.flights), FLIGHTS);
  const progress = new Progress(process.stderr, wanted);
  let streamed = 0;
  const show = (): void => progress.show({ streamed, topology: byTopology.flights, sql: bySql.flights });
  const before = await streamFlights(client, wanted, (done) => {
    streamed = done;
    show();
  });
  const total = Math.max(before, wanted);
  if (before > 0) say(`Continued: ${before} flights were there from an earlier start, ${total - before} came now.`);
  const deadline = performance.now() + WAIT_MS_MAX;
  while (byTopology.flights < total || bySql.flights < total) {
    if (performance.now() > deadline)
      throw new Error(`not done in time: ${byTopology.flights} and ${bySql.flights} of ${total} flights`);
    show();
    await sleep(100);
  }
  progress.end();
  end.abort();
  await following;
  return report(byTopology, bySql, say);
}

function report(byTopology: Results, bySql: Results, say: (text: string) => void): number {
  const [left, right] = [byTopology.rows(), bySql.rows()];
  const isEqual = JSON.stringify(left) === JSON.stringify(right);
  if (options.json) process.stdout.write(`${JSON.stringify({ isEqual, topology: left, sql: right })}\n`);
  printTable('By the topology (topology.ts)', left, say);
  printTable('By the query (queries.sql)', right, say);
  const airports = new Set(left.map(({ airport }) => airport)).size;
  if (!isEqual) {
    say('\nThe two tables DIFFER.');
    return 1;
  }
  say(
    `\nEqual: ${byTopology.flights} flights from ${airports} airports in ${left.length} windows, every figure the same.\n`,
  );
  say(`What to try next:
  npm start                                        again: it goes on where it was
  npx millrace broker --data ${join(options.data, 'broker')} --port 9092
  kcat -b localhost:9092 -t delays-by-sql -C -o beginning -e -f '%s\\n'
  npm start -- --bootstrap localhost:9092          the same job on your Kafka`);
  return 0;
}
