import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const MAIN = import.meta.resolve('@millrace/broker/main');
const START = `import { runBroker } from '${MAIN}'; process.exitCode = await runBroker(process.argv.slice(1), process.env);`;

export type BrokerProcessOptions = {
  readonly folder: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly flush: 'os' | 'always';
  readonly config: Readonly<Record<string, string>>;
};

/** A broker in a process of its own, to be killed. */
export type KillableBroker = { readonly port: number; kill(): Promise<void> };

/** @throws Error when it ends instead of serving. */
export async function startKillableBroker({
  folder,
  port,
  flush,
  config,
}: BrokerProcessOptions): Promise<KillableBroker> {
  const settings = Object.entries(config).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const args = ['--data', folder, '--port', String(port), '--flush', flush, '--json', ...settings];
  const child = spawn(process.execPath, ['--input-type=module', '-e', START, '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const served = await servedPort(child);
  return {
    port: served,
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function servedPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('exit', (code) => reject(new Error(`the broker ended with ${code}: ${said.slice(-2000)}`)));
    child.stdout!.once('data', (line: Buffer) => {
      const { bootstrapServers } = JSON.parse(line.toString()) as { readonly bootstrapServers: string };
      resolve(Number(bootstrapServers.split(':')[1]));
    });
  });
}
