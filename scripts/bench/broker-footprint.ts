import { Client, type NewTopic } from '@millrace/client';
import { runConsumer, runProducer } from './broker-loads.ts';
import { progress, type Row } from './broker-rows.ts';
import {
  cpuSeconds,
  prepareKafka,
  removeDir,
  residentMiB,
  type Side,
  startKafka,
  startMillrace,
} from './broker-sides.ts';

const PARTITIONS = 1000;
const IDLE_MS = 5000;
const LOAD_RECORDS = 2_000_000;

/** The time until a thousand topics of one partition, and one topic of a thousand, can be used. */
export function partitionsRow(): Row {
  const seconds = { unit: 's', better: 'less', digits: 2 } as const;
  return {
    job: 'partitions',
    figures: { 'one topic': seconds, 'a thousand topics': seconds },
    async run(side, number) {
      await using client = new Client({ bootstrapServers: side.bootstrap, clientId: 'bench' });
      const { admin } = client;
      const timed = async (topics: readonly NewTopic[]): Promise<number> => {
        const begun = performance.now();
        await admin.createTopics(topics, { timeoutMs: 120_000 });
        const seconds = (performance.now() - begun) / 1000;
        await admin.deleteTopics(topics.map(({ name }) => name));
        return seconds;
      };
      const one = await timed([{ name: `wide-${number}`, partitionCount: PARTITIONS }]);
      const names = Array.from({ length: PARTITIONS }, (_, index) => `narrow-${number}-${index}`);
      return { 'one topic': one, 'a thousand topics': await timed(names.map((name) => ({ name, partitionCount: 1 }))) };
    },
  };
}

/** Rows whose runs have a process of their own; the sides that they are given are only names. */
export async function ownProcessRows(
  withKafka: boolean,
): Promise<{ readonly rows: readonly Row[]; readonly sides: readonly Side[]; close(): void }> {
  const kafkaDir = withKafka ? await prepareKafka() : null;
  // Built now, and not within the first run; its first start fills the compile cache.
  const first = await startMillrace();
  await first.stop();
  removeDir(first.dir);
  const starts: Starts = {
    kafka: () => startKafka(kafkaDir!),
    millrace: startMillrace,
  };
  const nameOnly = (name: Side['name']): Side => ({ name, bootstrap: '', pid: 0, dir: '', stop: async () => {} });
  return {
    rows: [startRow(starts), memoryRow(starts)],
    sides: [...(withKafka ? [nameOnly('kafka')] : []), nameOnly('millrace')],
    close: () => kafkaDir !== null && removeDir(kafkaDir),
  };
}

type Starts = Readonly<Record<Side['name'], () => Promise<Side>>>;

async function whileRunning<T>(start: () => Promise<Side>, use: (side: Side) => Promise<T> | T): Promise<T> {
  const side = await start();
  try {
    return await use(side);
  } finally {
    await side.stop();
    if (side.name === 'millrace') removeDir(side.dir);
  }
}

/** From the spawn of the process to its first answer. */
function startRow(starts: Starts): Row {
  return {
    job: 'start',
    figures: {
      'to the first answer': { unit: 'ms', better: 'less' },
      CPU: { unit: 'ms', better: 'less' },
    },
    run: ({ name }) => {
      const begun = performance.now();
      return whileRunning(starts[name], ({ pid }) => ({
        'to the first answer': performance.now() - begun,
        CPU: cpuSeconds(pid) * 1000,
      }));
    },
  };
}

/** Resident memory: idle, at most while it works hard, and what stays of that. */
function memoryRow(starts: Starts): Row {
  const mebibytes = { unit: 'MiB', better: 'less' } as const;
  return {
    job: 'memory',
    figures: { idle: mebibytes, 'under load, at most': mebibytes, 'after the load': mebibytes },
    run: ({ name }, number) =>
      whileRunning(starts[name], async (side) => {
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
        const idle = residentMiB(side.pid).now;
        progress(`memory: ${name} takes ${Math.round(idle)} MiB when idle`);
        loadFully(side, `load-${number}`);
        const { now, peak } = residentMiB(side.pid);
        return { idle, 'under load, at most': peak, 'after the load': now };
      }),
  };
}

function loadFully(side: Side, topic: string): void {
  const properties = ['acks=all', 'batch.size=131072', 'linger.ms=5'];
  runProducer(side, { topic, records: LOAD_RECORDS, recordBytes: 100, rate: -1, properties });
  runProducer(side, { topic: `${topic}-large`, records: LOAD_RECORDS / 8, recordBytes: 1000, rate: -1, properties });
  runConsumer(side, topic, LOAD_RECORDS);
}
