import { ROUND_FRAMES } from '../tests/protocol-fuzz/fuzz-protocol.ts';
import { watchRounds } from '../tests/protocol-fuzz/watch-rounds.ts';
import { numberOption, scriptOptions } from './script-options.ts';

/**
 * `npm run fuzz -- protocol`: frames of every API and version that the broker serves, right, changed and rubbish, through
 * its own connection code, beside a client that must not notice. A round of frames has one seed; the next round has the
 * next one.
 */
const USAGE = `usage: npm run fuzz -- protocol [options]
  --frames N        how many frames (default 200,000)
  --seed S          the seed of the first round (default 1)
`;
const { values } = scriptOptions(USAGE, { frames: { type: 'string' }, seed: { type: 'string' } });
const seed = numberOption(USAGE, 'seed', values.seed) ?? 1;
const startMs = performance.now();
const framesPerSecond = (frames: number): number => Math.round(frames / ((performance.now() - startMs) / 1000));
const total = await watchRounds({
  frames: numberOption(USAGE, 'frames', values.frames) ?? 200_000,
  seed,
  onRound: ({ frames, findings, rssMib }) =>
    process.stderr.write(
      `${frames} frames, ${framesPerSecond(frames)} a second, ${findings.length} findings, ${rssMib} MiB\n`,
    ),
});
for (const finding of total.findings) {
  const seed = /^seed (\d+)/.exec(finding)?.[1];
  process.stdout.write(`FOUND ${finding}\n  again: npm run fuzz -- protocol --seed ${seed} --frames ${ROUND_FRAMES}\n`);
}
process.stdout.write(
  `fuzz protocol: ${total.frames} frames on ${total.connections} connections, seed ${seed}: ` +
    `${total.findings.length} findings, ${framesPerSecond(total.frames)} frames a second, peak memory ${total.rssMib} MiB\n`,
);
process.exitCode = total.findings.length === 0 ? 0 : 1;
