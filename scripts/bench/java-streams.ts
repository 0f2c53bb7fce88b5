import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SHARED } from './shared.ts';

/** One run of a job, as both sides print it. */
export type StreamsRun = {
  readonly job: string;
  readonly records: number;
  readonly seconds: number;
  readonly ratePerS: number;
  readonly cpuS: number;
  readonly peakRssMiB: number;
  readonly firstOutMs: number;
  readonly outRecords: number;
  readonly check: string;
};

const JVM = [
  '-Xms256m',
  '-Xmx1g',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
  '-cp',
  'target/*:target/lib/*',
  'millrace.anchor.Bench',
];

/** One run of a test driver, as both sides print it. */
export type TestDriverRun = Pick<StreamsRun, 'records' | 'seconds' | 'ratePerS' | 'cpuS' | 'peakRssMiB'>;

/** The Java Kafka Streams side of the comparison, built once into the repository's cache. */
export class JavaStreams {
  readonly #folder = join(ROOT, 'node_modules/.cache/streams-java');

  constructor() {
    if (existsSync(join(this.#folder, 'target/lib'))) return;
    process.stderr.write('bench: building the Java side (once)\n');
    mkdirSync(this.#folder, { recursive: true });
    cpSync(join(SHARED, 'anchors/streams-java'), this.#folder, { recursive: true });
    execFileSync('mvn', ['-q', '-B', 'package'], { cwd: this.#folder, stdio: ['ignore', 2, 2] });
  }

  /** Makes the topics `left-COUNT`, `right-COUNT` and `users` that both sides read. */
  load(bootstrap: string, count: number): void {
    this.#java(['load', bootstrap, String(count)]);
  }

  run(bootstrap: string, job: string, count: number): StreamsRun {
    return JSON.parse(this.#java(['run', bootstrap, job, '1', String(count)])) as StreamsRun;
  }

  /** Counting by the test driver: no broker, each record committed by itself. The shell tells the process's CPU time. */
  testDriver(count: number): TestDriverRun {
    const command = ['java', ...JVM, 'ttd', 'count', String(count)];
    const { stdout, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', '--', ...command], {
      cwd: this.#folder,
      encoding: 'utf8',
    });
    const [user, system] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number) as [number, number];
    return { ...(JSON.parse(stdout) as TestDriverRun), cpuS: user + system };
  }

  #java(args: readonly string[]): string {
    const printed = execFileSync('java', [...JVM, ...args], {
      cwd: this.#folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return printed.trim().split('\n').at(-1) ?? '';
  }
}
