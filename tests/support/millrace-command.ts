import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '../..');
const COMMAND = join(ROOT, 'node_modules/.bin/millrace');

export type BrokerProcess = {
  readonly process: ChildProcess;
  readonly bootstrap: string;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
};

/** `millrace broker` as a user runs it: a process of its own on a free port, up when it says so. */
export async function startBrokerProcess(...args: string[]): Promise<BrokerProcess> {
  const child = spawn(COMMAND, ['broker', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const bootstrap = await new Promise<string>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      printed += chunk.toString();
      const match = /(\d+\.\d+\.\d+\.\d+:\d+)/.exec(printed);
      if (match !== null) resolve(match[1]!);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`millrace broker ended with ${code}: ${printed}`)));
  });
  return {
    process: child,
    bootstrap,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

export function commandPath(name: string): string | null {
  const found = (process.env.PATH ?? '').split(':').find((folder) => existsSync(join(folder, name)));
  return found === undefined ? null : join(found, name);
}

/** The Python with Kafka clients that `scripts/foreign-clients.sh` installs, or null. */
export function foreignPython(): string | null {
  const python = join(ROOT, 'node_modules/.cache/foreign-clients/python/bin/python');
  return existsSync(python) ? python : null;
}

/** Names a group of tests, with what is missing if they must be skipped. */
export function titled(title: string, isThere: boolean, mend = 'run scripts/foreign-clients.sh'): string {
  return isThere ? title : `${title} (skipped: ${mend})`;
}
