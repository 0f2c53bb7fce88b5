import { numberOption, refuse, scriptOptions } from './script-options.ts';
import { runCampaign, type TortureOptions, type TortureReport } from './torture-campaigns.ts';

/**
 * `npm run torture -- --minutes 10`: seeds of the simulation, kill −9 of real broker processes, fuzzed frames; one after
 * the other, each for its share of the time. A seed that fails is named with the command that runs it again.
 */
const USAGE = `usage: npm run torture -- [options]
  --minutes M       how long, shared among the three (default 10)
  --seed S          the first seed (default: by the clock)
  --only KIND       simulation, kill or fuzz alone
  --seeds N         so many simulated seeds, instead of as many as there is time for
  --kills N         so many kills, likewise
  --frames N        so many fuzzed frames, likewise
  --flush POLICY    os or always (default: both in turn)
  --story           the whole history of a simulated seed that fails
  --port P          of the broker that is killed (default: any)
  --json            the result as JSON
`;

const { values } = scriptOptions(USAGE, {
  minutes: { type: 'string' },
  seed: { type: 'string' },
  only: { type: 'string' },
  seeds: { type: 'string' },
  kills: { type: 'string' },
  frames: { type: 'string' },
  flush: { type: 'string' },
  port: { type: 'string' },
  story: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const options: TortureOptions = {
    minutes: numberOf('minutes') ?? 10,
    seed: numberOf('seed') ?? Math.floor(Date.now() / 1000) % 1_000_000,
    only: choiceOf('only', ['simulation', 'kill', 'fuzz']),
    seeds: numberOf('seeds'),
    kills: numberOf('kills'),
    frames: numberOf('frames'),
    flush: choiceOf('flush', ['os', 'always']),
    port: numberOf('port') ?? 0,
    withStory: values.story,
    say: (line) => process.stderr.write(`${line}\n`),
  };
  const reports = await runCampaign(options);
  if (values.json) process.stdout.write(`${JSON.stringify({ seed: options.seed, reports }, null, 2)}\n`);
  else for (const report of reports) process.stdout.write(summary(report));
  return reports.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

function numberOf(name: 'minutes' | 'seed' | 'seeds' | 'kills' | 'frames' | 'port'): number | undefined {
  return numberOption(USAGE, name, values[name]) ?? undefined;
}

function choiceOf<T extends string>(name: 'only' | 'flush', choices: readonly T[]): T | undefined {
  const given = values[name];
  if (given === undefined) return undefined;
  return choices.find((choice) => choice === given) ?? refuse(USAGE, `--${name} is one of ${choices.join(', ')}`);
}

function summary({ kind, text, failures, seconds }: TortureReport): string {
  const found = failures.map(({ what, again }) => `FOUND ${what}\n  again: ${again}\n`).join('');
  return `${found}${kind}: ${text}, ${failures.length} failures, ${Math.round(seconds)} s\n`;
}
