import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..');
const node = (cwd: string, ...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });

/** A program whose threads find their own file, and load the topology, out of installed packages. */
const THREADS = {
  'topology.mjs': `
    import { Serdes, StreamsBuilder } from 'millrace/streams';
    export function topology() {
      const strings = { key: Serdes.string(), value: Serdes.string() };
      const builder = new StreamsBuilder();
      builder.stream('lines', strings).groupByKey(strings).count({ as: 'counts' });
      return builder.build();
    }`,
  'threads.mjs': `
    import { Broker } from 'millrace/broker';
    import { Client } from 'millrace/client';
    import { KafkaStreams } from 'millrace/streams';
    const broker = await Broker.start();
    const { bootstrapServers } = broker;
    const client = new Client({ bootstrapServers });
    await client.admin.createTopics([{ name: 'lines', partitionCount: 2 }]);
    const producer = client.producer();
    for (const key of ['a', 'b', 'a']) await producer.send({ topic: 'lines', key, value: '' });
    const url = new URL('./topology.mjs', import.meta.url);
    const options = { applicationId: 'app', stateDir: 'state', numStreamThreads: 2, bootstrapServers };
    const app = new KafkaStreams(url, options);
    await app.start();
    await app.waitFor('RUNNING');
    let count = null;
    while ((count = await app.store('counts').get('a')) !== 2) await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(\`a was counted \${count} times on \${options.numStreamThreads} threads\`);
    await app.close();
    await client.close();
    await broker.close();`,
};

// Type stripping does not work below node_modules, and a missing file shows only when it is not there: the repository
// itself can't tell whether what is published works.
test('the packed packages, installed into an empty folder elsewhere, run example 01 with plain node', () => {
  using folder = temporaryFolder();
  node(ROOT, 'scripts/pack.ts');
  const tarballs = readdirSync(join(ROOT, 'dist/tarballs')).map((name) => join(ROOT, 'dist/tarballs', name));
  expect(tarballs.length).toBe(7);
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', 'vega-datasets@3.2.1'];
  execFileSync('npm', [...install, ...tarballs], { cwd: folder.path, stdio: 'pipe', timeout: 180_000 });
  cpSync(join(ROOT, 'examples/01-flights'), join(folder.path, 'flights'), { recursive: true });

  const printed = node(join(folder.path, 'flights'), 'main.ts', '--data', join(folder.path, 'data'));
  expect(printed).toContain('Equal: 20000 flights');
  expect(node(folder.path, 'node_modules/.bin/millrace', '--help')).toContain('broker');
  for (const [name, code] of Object.entries(THREADS)) writeFileSync(join(folder.path, name), code);
  expect(node(folder.path, 'threads.mjs')).toContain('a was counted 2 times on 2 threads');
}, 400_000);
