import { parseArgs } from 'node:util';
import { benchBroker } from './bench/broker.ts';
import { benchClient } from './bench/client.ts';
import { benchKsql } from './bench/ksql.ts';
import type { BenchOptions } from './bench/shared.ts';
import { benchStreams } from './bench/streams.ts';

/** `npm run bench -- FAMILY`: each family prints its own table, medians with their spread, ratios where paired. */
const FAMILIES: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  broker: benchBroker,
  client: benchClient,
  streams: benchStreams,
  ksql: benchKsql,
};

const USAGE = `usage: npm run bench -- ${Object.keys(FAMILIES).join('|')} [options]
  --vs kafka      also run the real thing, in the same run, in turn; prints the ratio (needs ../shared, Java and Maven)
  --job NAME      only this job
  --records N     how many records a run (default: the job's own)
  --rounds N      how many counted runs of each side (default 3)
  --json          one JSON object a run, and the summary
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vs: { type: 'string' },
    job: { type: 'string' },
    records: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const family = FAMILIES[positionals[0] ?? ''];
if (values.help || family === undefined || (values.vs !== undefined && !['kafka', 'streams'].includes(values.vs))) {
  (values.help ? process.stdout : process.stderr).write(USAGE);
  process.exit(values.help ? 0 : 2);
}
await family({
  versus: values.vs ?? null,
  job: values.job ?? null,
  records: values.records === undefined ? null : Number(values.records),
  rounds: Number(values.rounds),
  json: values.json,
});
