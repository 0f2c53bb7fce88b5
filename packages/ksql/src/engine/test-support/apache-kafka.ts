import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Apache Kafka itself, for tests: it lies beside the repository, or not.

const KAFKA = join(import.meta.dirname, '../../../../../../shared/kafka');

export type ApacheKafka = { readonly bootstrapServers: string; stop(): void };

/** Whether it and Java are at hand; says so where they aren't. */
export function hasApacheKafka(): boolean {
  const hasJava = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'java')));
  if (existsSync(join(KAFKA, 'kafka-up')) && hasJava) return true;
  process.stdout.write('skipping SQL on Apache Kafka: ../shared/kafka or java is missing\n');
  return false;
}

/** One node in a folder of its own. */
export async function startApacheKafka(): Promise<ApacheKafka> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-kafka-'));
  const where = ['--port', String(await freePort()), '--dir', join(folder, 'kafka')];
  const set = ['--set', 'group.initial.rebalance.delay.ms=0'];
  const printed = execFileSync(join(KAFKA, 'kafka-up'), [...where, ...set], { encoding: 'utf8' });
  const bootstrapServers = /bootstrap=(\S+)/.exec(printed)?.[1];
  if (bootstrapServers === undefined) throw new Error(`kafka-up printed no address: ${printed}`);
  return {
    bootstrapServers,
    stop() {
      execFileSync(join(KAFKA, 'kafka-down'), [join(folder, 'kafka')], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  // The controller listens a thousand ports further up.
  return 20_000 + (address.port % 10_000);
}
