import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Broker } from 'millrace/broker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandPath, ROOT } from './support/millrace-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// The commands and files of the guide, in their order, on ports that are free here.

const BLOCK = /^```(sh|properties)\n([\s\S]*?)^```$/gm;
const PORTS = ['9092', '9093', '9094'] as const;
const COMMAND_TIMEOUT_MS = 30_000;

type Block = { readonly kind: string; readonly text: string };

const folder = temporaryFolder();
const env = { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
const outputs: string[] = [];
let broker: ChildProcess | undefined;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function run(script: string): Promise<string> {
  const options = { cwd: folder.path, env, timeout: COMMAND_TIMEOUT_MS };
  return (await promisify(execFile)('bash', ['-e', '-c', script], options)).stdout;
}

/** Starts the broker; it goes on while the commands after it run. */
async function serve(script: string): Promise<ChildProcess> {
  const child = spawn('bash', ['-c', `exec ${script}`], {
    cwd: folder.path,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => (chunk.toString().includes('ready') ? resolve() : undefined));
    child.once('exit', (code) => reject(new Error(`the broker ended with ${code}`)));
  });
  return child;
}

describe.skipIf(commandPath('openssl') === null)('the guide on security', () => {
  beforeAll(async () => {
    let guide = readFileSync(join(ROOT, 'docs/guides/security.md'), 'utf8');
    for (const port of PORTS) guide = guide.replaceAll(port, String(await freePort()));
    const blocks = [...guide.matchAll(BLOCK)].map(([, kind = '', text = '']): Block => ({ kind, text }));
    for (const block of blocks) {
      if (block.kind === 'properties') {
        const [, name] = /^# ([\w.]+)\n/.exec(block.text)!;
        writeFileSync(join(folder.path, name!), block.text);
      } else if (block.text.startsWith('millrace broker')) broker = await serve(block.text);
      else outputs.push(await run(block.text));
    }
  }, 120_000);
  afterAll(() => broker?.kill('SIGTERM'));

  test('the commands of the guide do what it says', () => {
    expect(outputs.some((output) => output.includes('first') && output.includes('second'))).toBe(true);
  });

  test("the guide's configuration for tokens starts a broker", async () => {
    const text = readFileSync(join(folder.path, 'tokens.properties'), 'utf8');
    const pairs = text.split('\n').filter((line) => /^[a-z]/.test(line));
    const config = Object.fromEntries(
      pairs.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    await using tokens = await Broker.start({ config });
    expect(tokens.port).toBeGreaterThan(0);
  });
});
