import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cpuSeconds, type Side } from './broker-sides.ts';
import { SHARED } from './shared.ts';

/** What one run of a load gives. */
export type LoadRun = {
  readonly recordsPerS: number;
  /** Records for each CPU second of the broker's process; says more than the wall clock on a busy machine. */
  readonly recordsPerCpuS: number;
};

/** From `send` to the answer; the tool tells all but the mean in whole milliseconds. */
export type ProducerRun = LoadRun & {
  readonly latency: {
    readonly meanMs: number;
    readonly p99Ms: number;
    readonly p999Ms: number;
  };
  readonly p99WithWarmUpMs: number;
};

export type ProduceLoad = {
  readonly topic: string;
  readonly records: number;
  readonly recordBytes: number;
  /** Records a second; −1 for as many as there can be. */
  readonly rate: number;
  readonly properties: readonly string[];
};

/** Of each run the first third warms both sides' compilers up; figures are of the rest. */
const WARM_UP_PART = 1 / 3;

/** Kafka's ProducerPerformance. */
export function runProducer(side: Side, load: ProduceLoad): ProducerRun {
  const { topic, records, recordBytes, rate, properties } = load;
  const before = cpuSeconds(side.pid);
  const printed = runKafkaTool('ProducerPerformance', [
    ...['--bootstrap-server', side.bootstrap, '--topic', topic, '--num-records', String(records)],
    ...['--warmup-records', String(Math.floor(records * WARM_UP_PART)), '--record-size', String(recordBytes)],
    ...['--throughput', String(rate), '--command-property', ...properties],
  ]);
  const cpuS = cpuSeconds(side.pid) - before;
  const lines = printed.trim().split('\n');
  const steady = lines.findLast((line) => line.includes('steady state')) ?? '';
  const whole = lines.findLast((line) => line.includes('99.9th') && !line.includes('steady state')) ?? steady;
  return {
    recordsPerS: figure(steady, /([\d.]+) records\/sec/),
    recordsPerCpuS: records / cpuS,
    latency: {
      meanMs: figure(steady, /([\d.]+) ms avg/),
      p99Ms: figure(steady, /(\d+) ms 99th/),
      p999Ms: figure(steady, /(\d+) ms 99.9th/),
    },
    p99WithWarmUpMs: figure(whole, /(\d+) ms 99th/),
  };
}

/** Kafka's ConsumerPerformance, on what is already in the topic; joining the group is left out of the rate. */
export function runConsumer(side: Side, topic: string, records: number): LoadRun {
  const before = cpuSeconds(side.pid);
  const printed = runKafkaTool('ConsumerPerformance', [
    ...['--bootstrap-server', side.bootstrap, '--topic', topic, '--num-records', String(records)],
  ]);
  const cpuS = cpuSeconds(side.pid) - before;
  const fields = (printed.trim().split('\n').at(-1) ?? '').split(',');
  const recordsPerS = Number(fields[9]);
  if (!(recordsPerS > 0)) throw new Error(`ConsumerPerformance printed no figures: ${printed}`);
  return { recordsPerS, recordsPerCpuS: records / cpuS };
}

function runKafkaTool(name: string, args: readonly string[]): string {
  return execFileSync(join(SHARED, 'kafka/kafka-run'), [name, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 << 20,
  });
}

function figure(line: string, pattern: RegExp): number {
  const found = pattern.exec(line)?.[1];
  if (found === undefined) throw new Error(`no figures in the output of Kafka's tool: ${line}`);
  return Number(found);
}
