import { Client, type NewTopic } from '@millrace/client';
import { runConsumer, runProducer } from './broker-loads.ts';
import { progress, type Row } from './broker-rows.ts';
import { prepareKafka, removeDir, residentMiB, type Side, startKafka, startMillrace } from './broker-sides.ts';

const PARTITIONS = 1000;
const IDLE_MS = 10_000;
const LOAD_RECORDS = 2_000_000;

/** The time until a thousand topics of one partition, and one topic of a thousand, can be used. */
export function partitionsRow(): Row {
  const seconds = { unit: 's', better: 'less', digits: 2 } as const;
  return {
    job: 'partitions',
    figures: { 'one topic': seconds, 'a thousand topics': seconds },
    async run(side, round) {
      await using client = new Client({ bootstrapServers: side.bootstrap, clientId: 'bench' });
      const { admin } = client;
      const timed = async (topics: readonly NewTopic[]): Promise<number> => {
        const begun = performance.now();
        await admin.createTopics(topics, { timeoutMs: 120_000 });
        const seconds = (performance.now() - begun) / 1000;
        await admin.deleteTopics(topics.map(({ name }) => name));
        return seconds;
      };
      const one = await timed([{ name: `wide-${round}`, partitionCount: PARTITIONS }]);
      const names = Array.from({ length: PARTITIONS }, (_, index) => `narrow-${round}-${index}`);
      return { 'one topic': one, 'a thousand topics': await timed(names.map((name) => ({ name, partitionCount: 1 }))) };
    },
  };
}

/** Each run has a process of its own: from its spawn to its first answer, then idle, then what a load leaves. */
export async function footprintRow(withKafka: boolean): Promise<{ readonly row: Row; close(): void }> {
  const kafkaDir = withKafka ? await prepareKafka() : null;
  const mebibytes = { unit: 'MiB', better: 'less' } as const;
  const row: Row = {
    job: 'footprint',
    figures: {
      'start to the first answer': { unit: 'ms', better: 'less' },
      'resident when idle': mebibytes,
      'resident at most under load': mebibytes,
      'resident after the load': mebibytes,
    },
    async run({ name }, round) {
      const begun = performance.now();
      const side = name === 'kafka' ? await startKafka(kafkaDir!) : await startMillrace();
      const startMs = performance.now() - begun;
      try {
        progress(`footprint: ${side.name} answered after ${Math.round(startMs)} ms`);
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
        const idle = residentMiB(side.pid).now;
        loadFully(side, `load-${round}`);
        const { now, peak } = residentMiB(side.pid);
        return {
          'start to the first answer': startMs,
          'resident when idle': idle,
          'resident at most under load': peak,
          'resident after the load': now,
        };
      } finally {
        await side.stop();
        if (name === 'millrace') removeDir(side.dir);
      }
    },
  };
  return { row, close: () => kafkaDir !== null && removeDir(kafkaDir) };
}

function loadFully(side: Side, topic: string): void {
  const properties = ['acks=all', 'batch.size=131072', 'linger.ms=5'];
  runProducer(side, { topic, records: LOAD_RECORDS, recordBytes: 100, rate: -1, properties });
  runProducer(side, { topic: `${topic}-large`, records: LOAD_RECORDS / 8, recordBytes: 1000, rate: -1, properties });
  runConsumer(side, topic, LOAD_RECORDS);
}
