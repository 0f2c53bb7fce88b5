import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { runKsqlServer } from '@millrace/ksql/server-main';
import { Broker } from 'millrace/broker';
import { KsqlEngine } from 'millrace/ksql';
import { afterAll, describe, expect, test } from 'vitest';
import { commandPath, ROOT } from './support/millrace-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// The files and statements of the guide as they stand there, but for folders and ports.

const guide = readFileSync(join(ROOT, 'docs/guides/sql-server.md'), 'utf8');
const blocks = (kind: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** Runs the server with a settings file on a broker of its own, as long as `use` takes. */
async function served(settings: string, use: (url: string) => Promise<void>): Promise<number> {
  const file = join(folder.path, 'ksql-server.properties');
  writeFileSync(file, settings);
  let told: (url: string) => void = () => {};
  let stop: () => void = () => {};
  const url = new Promise<string>((resolve) => {
    told = resolve;
  });
  const stopSignal = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const stdout = { write: (text: string) => told(/https?:\S+/.exec(text)?.[0] ?? '') };
  const startBroker = async () => {
    const broker = await Broker.start();
    const client = { bootstrapServers: broker.bootstrapServers };
    return { client, [Symbol.asyncDispose]: () => broker.close() };
  };
  const argv = ['--embedded', '--config-file', file, '--port', '0', '--host', '127.0.0.1', '--log-level', 'error'];
  const code = runKsqlServer(argv, {}, { stdout, stderr: process.stderr, stopSignal, startBroker });
  try {
    await use(await Promise.race([url, code.then((ended) => `the server ended with ${ended}`)]));
  } finally {
    stop();
  }
  return code;
}

function statusOf(url: string, ca: Buffer, auth?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { ca, agent: false, ...(auth === undefined ? {} : { auth }) };
    const request = https.get(url, options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode!));
    });
    request.once('error', reject);
  });
}

describe('the guide on running the SQL server', () => {
  test('its settings are settings', async () => {
    const [settings = ''] = blocks('properties');
    // The embedded broker and its registry stand for those of the file.
    const here = settings
      .replaceAll('/var/lib', folder.path)
      .split('\n')
      .filter((line) => !/^(bootstrap\.servers|ksql\.schema\.registry\.url)/.test(line))
      .join('\n');
    const code = await served(here, async (url) => {
      const info = await (await fetch(`${url}/info`)).json();
      expect(info).toMatchObject({ KsqlServerInfo: { ksqlServiceId: 'orders_' } });
      const body = JSON.stringify({ ksql: 'SHOW PROPERTIES;' });
      const shown = await (await fetch(`${url}/ksql`, { method: 'POST', body })).text();
      expect(shown).toContain('"name":"ksql.streams.num.standby.replicas","scope":"KSQL","value":"1"');
    });
    expect(code).toBe(0);
  }, 60_000);

  test('its statements run', async () => {
    await using broker = await Broker.start();
    await using engine = await KsqlEngine.start({ bootstrapServers: broker.bootstrapServers });
    await engine.execute(
      "CREATE STREAM clicks (id STRING KEY, page STRING) WITH (kafka_topic='clicks', value_format='JSON', partitions=1);",
    );
    for (const sql of blocks('sql')) await engine.execute(sql);
    expect(await engine.execute('SHOW QUERIES;')).toMatchObject([{ queries: [{ sinks: ['PER_MINUTE'] }] }]);
  }, 60_000);

  test.skipIf(commandPath('openssl') === null)(
    'its certificates and users let in whom they say',
    async () => {
      const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
      execFileSync('openssl', ['req', '-x509', ...key, '-days', '1', ...names, '-out', 'cert.pem'], {
        cwd: folder.path,
        stdio: 'pipe',
      });
      const pem = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder.path, name)));
      writeFileSync(join(folder.path, 'server.pem'), Buffer.concat(pem));
      const users = [...guide.matchAll(/`(alice: [^`]+)`/g)].map(([, line = ''], index) =>
        line.replace('alice', `user${index}`),
      );
      writeFileSync(join(folder.path, 'users'), users.join('\n'));
      const settings = blocks('properties')
        .find((block) => block.includes('ssl.keystore.location'))!
        .replaceAll('/etc/millrace', folder.path);
      await served(settings, async (url) => {
        expect(url).toMatch(/^https:/);
        expect(await statusOf(`${url}/info`, pem[1]!)).toBe(401);
        expect(await statusOf(`${url}/healthcheck`, pem[1]!)).toBe(200);
        for (const user of ['user0', 'user1'])
          expect(await statusOf(`${url}/info`, pem[1]!, `${user}:secret`)).toBe(200);
      });
    },
    60_000,
  );
});
