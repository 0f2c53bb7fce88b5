import { runConsumer, runProducer } from './broker-loads.ts';
import type { Row } from './broker-rows.ts';

const PRODUCE_RECORDS: Readonly<Record<number, number>> = { 100: 4_000_000, 1000: 800_000 };
const CONSUME_RECORDS: Readonly<Record<number, number>> = { 100: 6_000_000, 1000: 1_200_000 };

/** As most people run it, and as those do who want throughput. */
const BATCHING: Readonly<Record<string, readonly string[]>> = {
  default: [],
  batched: ['batch.size=131072', 'linger.ms=5'],
};

const RATE = { unit: 'records/s', better: 'more' } as const;
const RATE_PER_CPU = { unit: "records per CPU second of the broker's process", better: 'more' } as const;

/** Every combination of record size, acks, batching and compression. */
export function produceRows(records: number | null): Row[] {
  return [100, 1000].flatMap((recordBytes) =>
    ['all', '1'].flatMap((acks) =>
      Object.entries(BATCHING).flatMap(([batching, properties]) =>
        ['none', 'lz4'].map((compression) => {
          const job = `produce-${recordBytes}-acks-${acks}-${batching}-${compression}`;
          return produceRow(job, records ?? PRODUCE_RECORDS[recordBytes]!, recordBytes, [
            `acks=${acks}`,
            `compression.type=${compression}`,
            ...properties,
          ]);
        }),
      ),
    ),
  );
}

function produceRow(job: string, records: number, recordBytes: number, properties: readonly string[]): Row {
  return {
    job,
    figures: { throughput: RATE, 'per CPU second': RATE_PER_CPU },
    run(side, number) {
      const topic = `${job}-${number}`;
      const run = runProducer(side, { topic, records, recordBytes, rate: -1, properties });
      return { throughput: run.recordsPerS, 'per CPU second': run.recordsPerCpuS };
    },
  };
}

export function consumeRows(wantedRecords: number | null): Row[] {
  return [100, 1000].map((recordBytes): Row => {
    const job = `consume-${recordBytes}`;
    const records = wantedRecords ?? CONSUME_RECORDS[recordBytes]!;
    const properties = ['acks=all', ...BATCHING.batched!];
    return {
      job,
      figures: { throughput: RATE, 'per CPU second': RATE_PER_CPU },
      prepare: (side) => void runProducer(side, { topic: job, records, recordBytes, rate: -1, properties }),
      run(side) {
        const run = runConsumer(side, job, records);
        return { throughput: run.recordsPerS, 'per CPU second': run.recordsPerCpuS };
      },
    };
  });
}

const LATENCY_RATE = 5000;
const LATENCY_RECORDS = 100_000;

/** The Java client waits for more records before it sends, for 5 ms by default: most of a latency is that wait. */
const LINGERING: Readonly<Record<string, readonly string[]>> = { '': ['linger.ms=0'], '-default': [] };

/** Latency from `send` to the answer, at 5,000 records a second. */
export function latencyRows(wantedRecords: number | null): Row[] {
  const ms = { unit: 'ms', better: 'less' } as const;
  const records = wantedRecords ?? LATENCY_RECORDS;
  return ['all', '1'].flatMap((acks) =>
    Object.entries(LINGERING).map(([suffix, properties]): Row => {
      const job = `latency-acks-${acks}${suffix}`;
      return {
        job,
        figures: { mean: { ...ms, digits: 2 }, p99: ms, 'p99.9': ms, 'p99 with the warm-up': ms },
        run(side, number) {
          const load = { topic: `${job}-${number}`, records, recordBytes: 100, rate: LATENCY_RATE };
          const run = runProducer(side, { ...load, properties: [`acks=${acks}`, ...properties] });
          const { meanMs, p99Ms, p999Ms } = run.latency;
          return { mean: meanMs, p99: p99Ms, 'p99.9': p999Ms, 'p99 with the warm-up': run.p99WithWarmUpMs };
        },
      };
    }),
  );
}
