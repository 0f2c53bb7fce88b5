import { benchBroker } from './bench/broker.ts';
import { benchClient } from './bench/client.ts';
import { benchKsql } from './bench/ksql.ts';
import type { BenchOptions } from './bench/shared.ts';
import { benchStreams } from './bench/streams.ts';
import { numberOption, refuse, scriptOptions } from './script-options.ts';

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

const { values, positionals } = scriptOptions(USAGE, {
  vs: { type: 'string' },
  job: { type: 'string' },
  records: { type: 'string' },
  rounds: { type: 'string' },
  json: { type: 'boolean', default: false },
});
const family = FAMILIES[positionals[0] ?? ''] ?? refuse(USAGE, 'bench what?');
if (values.vs !== undefined && !['kafka', 'streams'].includes(values.vs)) refuse(USAGE, '--vs is kafka or streams');
await family({
  versus: values.vs ?? null,
  job: values.job ?? null,
  records: numberOption(USAGE, 'records', values.records),
  rounds: numberOption(USAGE, 'rounds', values.rounds) ?? 3,
  json: values.json,
});
