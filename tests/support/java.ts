import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
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
