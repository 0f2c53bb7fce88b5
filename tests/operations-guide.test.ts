import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './support/millrace-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// The guide's commands are run in order, in one folder, and print what stands below them. Only the ports are others.

const GUIDE = readFileSync(join(ROOT, 'docs/guides/operations.md'), 'utf8');
const BLOCK = /^```(properties|sh|sh server|text)\n([\s\S]*?)^```$/gm;
const BROKER_PORT = '9092';
const METRICS_PORT = '9404';

type Step = { readonly kind: 'run' | 'serve'; readonly commands: string; readonly expected: string };

const folder = temporaryFolder();
let ports: ReadonlyMap<string, string>;
let server: ChildProcess | undefined;

beforeAll(async () => {
  ports = new Map([
    [BROKER_PORT, await freePort()],
    [METRICS_PORT, await freePort()],
  ]);
});

afterAll(async () => {
  if (server !== undefined && server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  folder[Symbol.dispose]();
});

async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return String(typeof address === 'object' ? address?.port : address);
}

const withPorts = (text: string): string => text.replace(/\b(9092|9404)\b/g, (port) => ports.get(port)!);

const environment = () => ({
  ...process.env,
  PATH: join(ROOT, 'node_modules/.bin') + delimiter + process.env.PATH,
  MILLRACE_BOOTSTRAP: `127.0.0.1:${ports.get(BROKER_PORT)}`,
});

/** What is printed must be this; `…` stands for anything within a line. */
function expectPrinted(printed: string, expected: string): void {
  const pattern = withPorts(expected)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  expect(printed).toMatch(new RegExp(`^${pattern}$`));
}

function steps(): Step[] {
  const found: Step[] = [];
  for (const [, info, text] of GUIDE.matchAll(BLOCK)) {
    if (info === 'text') found.push({ ...found.pop()!, expected: text! });
    else if (info === 'properties') {
      const name = /^# (\S+)\n/.exec(text!)![1]!;
      found.push({ kind: 'run', commands: `cat > ${name} <<'END'\n${text}END\n`, expected: '' });
    } else found.push({ kind: info === 'sh server' ? 'serve' : 'run', commands: text!, expected: '' });
  }
  return found;
}

async function serve({ commands, expected }: Step): Promise<void> {
  server = spawn('bash', ['-c', `exec ${withPorts(commands)}`], { cwd: folder.path, env: environment() });
  const [line] = (await once(server.stdout!, 'data')) as [Buffer];
  expectPrinted(line.toString(), expected);
}

async function run({ commands, expected }: Step): Promise<void> {
  const script = join(folder.path, 'step.sh');
  writeFileSync(script, withPorts(commands));
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', script], {
    cwd: folder.path,
    env: environment(),
  });
  expectPrinted(stdout, expected);
}

test('every command of the guide does what it says', async () => {
  const all = steps();
  expect(all.length).toBeGreaterThan(8);
  for (const step of all) await (step.kind === 'serve' ? serve(step) : run(step));
}, 120_000);
