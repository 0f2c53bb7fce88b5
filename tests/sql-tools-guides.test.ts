import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Broker } from 'millrace/broker';
import { KsqlServer } from 'millrace/ksql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './support/millrace-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// The commands of the guides as they stand there, but for the server's port, in a folder of their own: files are written,
// commands are run, and what they print is what the guide shows. An … stands for what is different each time.

let broker: Broker;
let server: KsqlServer;
const folder = temporaryFolder();

beforeAll(async () => {
  broker = await Broker.start();
  server = await KsqlServer.start({ engine: { bootstrapServers: broker.bootstrapServers }, port: 0 });
});

afterAll(async () => {
  await server.close();
  await broker.close();
  folder[Symbol.dispose]();
});

type Block = { readonly kind: string; readonly file: string; readonly text: string };

function blocksOf(guide: string): readonly Block[] {
  const text = readFileSync(join(ROOT, 'docs/guides', guide), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, kind = '', file = '', body = '']) => ({ kind, file, text: body }));
}

/** The guides' server is the one of this test, and there is no terminal. */
function run(command: string, input = ''): Promise<string> {
  const here = command.replaceAll('http://localhost:8088', server.url).replaceAll('npx millrace', 'millrace');
  const path = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, MILLRACE_BOOTSTRAP: broker.bootstrapServers, COLUMNS: '80' };
  return new Promise((resolve, reject) => {
    const child = execFile('sh', ['-ec', here], { cwd: folder.path, env }, (error, stdout, stderr) => {
      if (error !== null) reject(new Error(`${command}\n${stderr}`));
      else resolve(stdout);
    });
    child.stdin!.end(input);
  });
}

function expectPrinted(printed: string, shown: string): void {
  const quoted = shown
    .trimEnd()
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('…', '.*')
    .replaceAll(/ +$/gm, ' *');
  expect(printed.trimEnd()).toMatch(new RegExp(`${quoted}$`));
}

async function follow(blocks: readonly Block[]): Promise<number> {
  let printed = '';
  let shown = 0;
  for (const { kind, file, text } of blocks) {
    if (file !== '') {
      mkdirSync(dirname(join(folder.path, file)), { recursive: true });
      writeFileSync(join(folder.path, file), text);
    } else if (kind === 'sh') {
      // What waits for somebody at a prompt is for people.
      if (!/^npx millrace ksql( +#| https)/m.test(text)) printed = await run(text);
    } else if (kind === 'text') {
      expectPrinted(printed, text);
      shown++;
    } else if (kind === 'console') {
      const lines = text.split('\n');
      const isEntered = (line: string): boolean => /^(ksql)?> /.test(line);
      const entered = lines.filter(isEntered).map((line) => line.replace(/^(ksql)?> /, ''));
      const answers = lines.filter((line) => !isEntered(line)).join('\n');
      expectPrinted(await run('npx millrace ksql http://localhost:8088', `${entered.join('\n')}\n`), answers);
      shown++;
    }
  }
  return shown;
}

test('the guide on the prompt says what is printed', async () => {
  expect(await follow(blocksOf('sql-cli.md'))).toBe(4);
}, 60_000);

test('the guide on migrations says what is printed', async () => {
  expect(await follow(blocksOf('sql-migrations.md'))).toBe(1);
}, 60_000);
