import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Serdes } from '@millrace/streams';
import { TopologyTestDriver } from '@millrace/streams/testing';
import { Generator, keyOf } from './generator.ts';
import { LEFT_SEED, topologyOf } from './jobs.ts';

// Counting without a broker, as the Java side does it: each record is piped in, processed and committed by itself; the
// first pass over the input warms up, the second is measured.

const { values: options } = parseArgs({ options: { records: { type: 'string', default: '200000' } } });
const records = Number(options.records);

const driver = new TopologyTestDriver(topologyOf('count', records, 'out', null));
const input = driver.createInputTopic(`left-${records}`, Serdes.string(), Serdes.string());
const output = driver.createOutputTopic('out', Serdes.string(), Serdes.long());

pipeAll();
const startMs = performance.now();
pipeAll();
const seconds = (performance.now() - startMs) / 1_000;
const cpu = process.cpuUsage();

const counted = [...output.readKeyValuesToMap().values()].reduce<number>((sum, count) => sum + (count ?? 0), 0);

console.log(
  JSON.stringify({
    job: 'test-driver',
    records,
    seconds,
    ratePerS: Math.round(records / seconds),
    // Of the process up to here: its start and both passes.
    cpuS: (cpu.user + cpu.system) / 1e6,
    peakRssMiB: peakRssMiB(),
    check: counted === 2 * records ? 'ok' : `got ${counted}, expected ${2 * records}`,
  }),
);

function pipeAll(): void {
  const generator = new Generator(LEFT_SEED);
  for (let at = 0; at < records; at++) {
    generator.next();
    input.pipeInput(keyOf(generator.user), generator.value, generator.timeMs);
  }
}

function peakRssMiB(): number {
  const line = readFileSync('/proc/self/status', 'utf8')
    .split('\n')
    .find((text) => text.startsWith('VmHWM'));
  return Math.round(Number(line?.replace(/\D/g, '')) / 1024);
}
