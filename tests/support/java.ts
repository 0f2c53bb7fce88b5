import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { commandPath } from './millrace-command.ts';

const run = promisify(execFile);

const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

/** The jars of Apache Kafka that ../shared/kafka fetches, as a class path; null where it never ran. */
export function kafkaJars(): string | null {
  const cache = process.env.KAFKA_CACHE ?? join(homedir(), '.cache/kafka-anchor');
  const versions = existsSync(cache) ? readdirSync(cache).sort() : [];
  const complete = versions.filter((version) => existsSync(join(cache, version, 'complete')));
  return complete.length === 0 ? null : join(cache, complete.at(-1)!, '*');
}

export function hasJava(): boolean {
  return commandPath('javac') !== null;
}

/** Compiles Java sources against Kafka's jars into a folder. */
export async function compileJava(sources: readonly string[], jars: string, folder: string): Promise<void> {
  await run('javac', ['-encoding', 'UTF-8', '-cp', jars, '-d', folder, ...sources]);
}

/** Runs a Java class and answers what it printed. */
export async function runJava(classPath: string, main: string, args: readonly string[], input = ''): Promise<string> {
  const child = run(
    'java',
    ['-Xmx512m', '-Dorg.slf4j.simpleLogger.defaultLogLevel=error', '-cp', classPath, main, ...args],
    { maxBuffer: OUTPUT_BYTES_MAX },
  );
  child.child.stdin?.end(input);
  return (await child).stdout;
}

/** A Java program that goes on until its input ends. */
export type JavaProcess = {
  /** Resolves when it has printed a text. */
  said(text: string, patienceMs: number): Promise<void>;
  /** Ends its input, and answers all that it printed. */
  close(): Promise<string>;
  /** Ends it as a crash does. */
  kill(): void;
};

export function startJava(classes: string, jars: string, main: string, args: readonly string[]): JavaProcess {
  const logs = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
  const child = spawn('java', ['-Xmx256m', logs, '-cp', [classes, jars].join(delimiter), main, ...args]);
  const ended = once(child, 'exit');
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return {
    async said(text, patienceMs) {
      for (const deadlineMs = performance.now() + patienceMs; !printed.includes(text); ) {
        if (performance.now() > deadlineMs) throw new Error(`${main} did not say "${text}": ${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async close() {
      child.stdin.end();
      await ended;
      return printed;
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
