import { parseArgs } from 'node:util';
import { runCampaign, type TortureOptions, type TortureReport } from './torture-campaigns.ts';

/**
 * `npm run torture -- --minutes 10`: seeds of the simulation, kill −9 of real broker processes, fuzzed frames; one after
 * the other, each for its share of the time. A seed that fails is named with the command that runs it again.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    seeds: { type: 'string' },
    kills: { type: 'string' },
    frames: { type: 'string' },
    flush: { type: 'string' },
    port: { type: 'string', default: '0' },
    story: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const USAGE = `usage: npm run torture -- [--minutes 10] [--seed S] [--only simulation|kill|fuzz] [--flush os|always]
         [--seeds N] [--kills N] [--frames N]   how many, instead of as many as there is time for
         [--story]   the history of a simulated seed that fails, whole   [--port P]   [--json]
`;

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

process.exitCode = await main();

async function main(): Promise<number> {
  const { only, flush } = values;
  const numbers = [values.minutes, values.seed, values.seeds, values.kills, values.frames, values.port].map(numberOf);
  const isWrong =
    (only !== undefined && !['simulation', 'kill', 'fuzz'].includes(only)) ||
    (flush !== undefined && !['os', 'always'].includes(flush)) ||
    numbers.some((number) => number !== undefined && !(number >= 0));
  if (isWrong) {
    process.stderr.write(USAGE);
    return 2;
  }
  const options: TortureOptions = {
    minutes: numbers[0] ?? 10,
    seed: numbers[1] ?? Math.floor(Date.now() / 1000) % 1_000_000,
    only: only as TortureOptions['only'],
    seeds: numbers[2],
    kills: numbers[3],
    frames: numbers[4],
    flush: flush as TortureOptions['flush'],
    port: numbers[5]!,
    withStory: values.story,
    say: (line) => process.stderr.write(`${line}\n`),
  };
  const reports = await runCampaign(options);
  if (values.json) process.stdout.write(`${JSON.stringify({ seed: options.seed, reports }, null, 2)}\n`);
  else for (const report of reports) process.stdout.write(summary(report));
  return reports.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

function summary({ kind, text, failures, seconds }: TortureReport): string {
  const found = failures.map(({ what, again }) => `FOUND ${what}\n  again: ${again}\n`).join('');
  return `${found}${kind}: ${text}, ${failures.length} failures, ${Math.round(seconds)} s\n`;
}
