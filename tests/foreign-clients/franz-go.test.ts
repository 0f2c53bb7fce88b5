import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrokerProcess, commandPath, startBrokerProcess, titled } from '../support/millrace-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SOURCE = join(import.meta.dirname, 'franz-go');
const RECORDS = 300;
const BUILD_MS_MAX = 240_000;

const folder = temporaryFolder();
const program = join(folder.path, 'franz-go-client');
const canRun = commandPath('go') !== null && hasModules();

/** Whether the modules are here or can be had; Go keeps them in its own cache. */
function hasModules(): boolean {
  const { status } = spawnSync('go', ['mod', 'download'], { cwd: SOURCE, timeout: 60_000 });
  return status === 0;
}

describe.skipIf(!canRun)(titled('franz-go against `millrace broker`', canRun, 'it needs Go and its modules'), () => {
  let broker: BrokerProcess;

  beforeAll(async () => {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: SOURCE, timeout: BUILD_MS_MAX });
    broker = await startBrokerProcess('--memory');
  }, BUILD_MS_MAX);

  afterAll(async () => {
    await broker?.stop();
    folder[Symbol.dispose]();
  });

  test('groups of both protocols read each record, and a transform in transactions copies each once', () => {
    const printed = execFileSync(program, [broker.bootstrap], { encoding: 'utf8', timeout: 130_000 });
    const lines = new Map(
      printed
        .trim()
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );
    expect(Number(lines.get('classic'))).toBe(RECORDS);
    expect(Number(lines.get('consumer'))).toBe(RECORDS);
    expect(Number(lines.get('committed'))).toBe(RECORDS);
    expect(Number(lines.get('all'))).toBeGreaterThanOrEqual(RECORDS);
  }, 150_000);
});
