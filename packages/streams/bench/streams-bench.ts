import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client, type ClientWire, cursorOver } from '@millrace/client';
import { KafkaStreams } from '@millrace/streams';
import { expectedFigure, JOBS, type Job, Probe, topologyOf } from './jobs.ts';
import { createTopic, load, PARTITIONS } from './load.ts';

// One job, one run, one line of JSON, in the terms of the Java side: time runs from the first record processed to the
// last input offset committed; the commit after the last record is asked for, no interval is waited out.

const POLL_MS = 5;
const RUN_TIMEOUT_MS = 600_000;

const { values: options } = parseArgs({
  options: {
    bootstrap: { type: 'string' },
    job: { type: 'string', default: 'count' },
    records: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
    /** Keys of the input, all equally often, where it has to be made; default: the Java side's 10,000. */
    'spread-keys': { type: 'string' },
    /** Makes the input and ends. */
    'load-only': { type: 'boolean', default: false },
    /** Settings under Kafka's names, `KEY=VALUE`. */
    set: { type: 'string', multiple: true, default: [] },
  },
});

const job = JOBS.find((known) => known === options.job);
if (job === undefined) throw new Error(`no such job: ${options.job}; there are ${JOBS.join(', ')}`);
const count = Number(options.records);

const spreadKeys = options['spread-keys'] === undefined ? null : Number(options['spread-keys']);

if (options['load-only']) {
  await withWire(async (wire) => {
    await using client = new Client({ ...wire, clientId: 'bench-load' });
    await load(client, count, spreadKeys);
  });
  console.log('{}');
} else {
  const result = await withWire((wire) => measure(job, count, wire));
  if (options.json) console.log(JSON.stringify(result));
  else console.table(result);
}

/** With an address the brokers are elsewhere; without, one runs here in a thread of its own. */
async function withWire<T>(run: (wire: ClientWire) => Promise<T>): Promise<T> {
  if (options.bootstrap !== undefined) return run({ bootstrapServers: options.bootstrap });
  // Loaded only here: with brokers elsewhere, its code is no part of what is measured.
  const { Broker } = await import('@millrace/broker');
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-broker-'));
  try {
    await using broker = await Broker.start({ data: folder, thread: true });
    return await run({ bootstrapServers: broker.bootstrapServers });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(name: Job, records: number, wire: ClientWire): Promise<object> {
  const id = `bench-${name}-${process.pid}-${Date.now()}`;
  const out = `${id}-out`;
  const inputs = name === 'stream-join' ? [`left-${records}`, `right-${records}`] : [`left-${records}`];
  const stateDir = await mkdtemp(join(tmpdir(), 'millrace-bench-state-'));
  await using client = new Client({ ...wire, clientId: id });
  // Loading, where this process has to do it, is not the application's work; the start of the process is.
  const beforeLoading = process.cpuUsage();
  await load(client, records, spreadKeys);
  const loading = process.cpuUsage(beforeLoading);
  await createTopic(client, out);
  const startMs = performance.now();
  const probe = new Probe(records * inputs.length);
  const topology = topologyOf(name, records, out, probe);
  const config = {
    ...(name === 'count-eos' ? { 'processing.guarantee': 'exactly_once_v2' } : {}),
    ...Object.fromEntries(options.set.map((setting) => setting.split('=', 2) as [string, string])),
  };
  const beforeApplication = process.cpuUsage();
  const streams = new KafkaStreams(topology, { ...wire, applicationId: id, stateDir, config });
  try {
    await streams.start();
    const firstOut = firstOutput(client, out, startMs);
    const deadlineMs = startMs + RUN_TIMEOUT_MS;
    while (probe.seen < probe.expected || !(await isCommitted(client, id, inputs, records))) {
      if (streams.state === 'ERROR') throw streams.failure;
      if (performance.now() > deadlineMs)
        throw new Error(`not done in time: ${probe.seen} of ${probe.expected} records`);
      await delay(probe.seen < probe.expected ? POLL_MS * 10 : POLL_MS);
    }
    const seconds = (performance.now() - probe.firstMs) / 1_000;
    const cpu = process.cpuUsage();
    const cpuMicros = cpu.user + cpu.system - loading.user - loading.system;
    const peakRssMiB = await readPeakRssMiB();
    const firstOutMs = Math.round(await firstOut);
    await streams.close();
    const { outRecords, figure } = await readBack(client, name, out);
    const expected = expectedFigure(name, records);
    return {
      job: name,
      records: probe.expected,
      seconds,
      ratePerS: Math.round(probe.expected / seconds),
      cpuS: cpuMicros / 1e6,
      perCpuSecond: Math.round((probe.expected * 1e6) / cpuMicros),
      // Without the start of the process, for comparisons with work in a process that runs already.
      applicationCpuS: (cpu.user + cpu.system - beforeApplication.user - beforeApplication.system) / 1e6,
      peakRssMiB: Math.round(peakRssMiB),
      firstOutMs,
      outRecords,
      check: figure === expected ? 'ok' : `got ${figure}, expected ${expected}`,
    };
  } finally {
    await streams.close();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function isCommitted(
  client: Client,
  group: string,
  inputs: readonly string[],
  records: number,
): Promise<boolean> {
  const offsets = await client.admin.listGroupOffsets(group);
  let sum = 0;
  for (const { topic, offset } of offsets) if (inputs.includes(topic)) sum += offset;
  return sum >= records * inputs.length;
}

/** Milliseconds from the start to the moment when the output topic was seen to hold a record. */
async function firstOutput(client: Client, out: string, startMs: number): Promise<number> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: out, partition }));
  for (;;) {
    const ends = await client.admin.listOffsets(partitions, 'latest');
    if (ends.some(({ offset }) => offset > 0)) return performance.now() - startMs;
    await delay(POLL_MS * 10);
  }
}

/** Reads the whole output, as committed: how many records, and the figure that must be right. */
async function readBack(client: Client, name: Job, out: string): Promise<{ outRecords: number; figure: number }> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: out, partition }));
  const isolationLevel = 'read_committed';
  const ends = await client.admin.listOffsets(partitions, 'latest', { isolationLevel });
  let missing = ends.reduce((sum, { offset }) => sum + offset, 0);
  const latest = new Map<string, number>();
  let outRecords = 0;
  await using fetcher = client.fetcher({ isolationLevel });
  for (const { partition } of partitions) fetcher.assign(out, partition, 'earliest');
  while (missing > 0) {
    for (const fetched of await fetcher.poll({ maxWaitMs: 100 })) {
      missing -= fetched.nextOffset - fetched.fetchOffset;
      const cursor = cursorOver(fetched);
      while (cursor.next()) {
        outRecords++;
        if (!isCounting(name)) continue;
        const value = cursor.value()!;
        const view = new DataView(value.buffer, value.byteOffset, value.length);
        latest.set(Buffer.from(cursor.key()!).toString('latin1'), Number(view.getBigInt64(0)));
      }
    }
  }
  const sum = [...latest.values()].reduce((total, value) => total + value, 0);
  return { outRecords, figure: isCounting(name) ? sum : outRecords };
}

function isCounting(name: Job): boolean {
  return name === 'count' || name === 'count-eos' || name === 'count-bytes' || name === 'window';
}

async function readPeakRssMiB(): Promise<number> {
  try {
    const line = (await readFile('/proc/self/status', 'utf8')).split('\n').find((text) => text.startsWith('VmHWM'));
    return Number(line?.replace(/\D/g, '')) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
