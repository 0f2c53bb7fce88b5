import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Service } from '../../engine/test-support/service.ts';
import { authenticationOfSettings } from '../basic-authentication.ts';
import { KsqlServer } from '../ksql-server.ts';

const S = "CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=1);";

type Told = { readonly messages: unknown[]; readonly code: number; readonly reason: string };

/** What comes until the end; `onMessage` may end it. */
function ask(
  server: KsqlServer,
  parameters: Readonly<Record<string, string>>,
  onMessage: (socket: WebSocket, count: number) => void = () => {},
): Promise<Told> {
  const url = `${server.url.replace('http', 'ws')}/ws/query?${new URLSearchParams(parameters)}`;
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const messages: unknown[] = [];
    socket.onmessage = ({ data }) => {
      messages.push(JSON.parse(String(data)));
      onMessage(socket, messages.length);
    };
    socket.onclose = ({ code, reason }) => resolve({ messages, code, reason });
  });
}

const request = (ksql: string, streamsProperties = {}) => ({ request: JSON.stringify({ ksql, streamsProperties }) });

test('the columns come first, then the rows, and the end is told by the close', async () => {
  await using service = await Service.start('in process');
  await using server = await KsqlServer.start({ engine: await service.engine(), port: 0 });
  await server.engine.execute(`${S} INSERT INTO s (id, v) VALUES ('a', 1); INSERT INTO s (id, v) VALUES ('b', 2);`);
  const limited = await ask(server, request('SELECT id, v FROM s EMIT CHANGES LIMIT 2;'));
  expect(limited).toEqual({
    messages: [
      [
        { name: 'ID', schema: { type: 'STRING', fields: null, memberSchema: null } },
        { name: 'V', schema: { type: 'BIGINT', fields: null, memberSchema: null } },
      ],
      { row: { columns: ['a', 1] } },
      { row: { columns: ['b', 2] } },
    ],
    code: 1000,
    reason: 'done',
  });
  const pulled = await ask(server, request('SELECT v FROM s;'));
  expect(pulled.messages.slice(1)).toEqual([{ row: { columns: [1] } }, { row: { columns: [2] } }]);
  const printed = await ask(server, request("PRINT 's' FROM BEGINNING LIMIT 1;"));
  expect(printed).toMatchObject({ code: 1000 });
  expect(printed.messages.join(' ')).toContain('value: {"V":1');
});

test('what is no query is told by the close, with its reason cut to what a close may hold', async () => {
  await using service = await Service.start('in process');
  await using server = await KsqlServer.start({ engine: await service.engine(), port: 0 });
  expect(await ask(server, {})).toMatchObject({
    code: 1003,
    reason: 'Error parsing request: missing request parameter',
  });
  expect(await ask(server, { ...request('SELECT 1;'), version: '7' })).toMatchObject({
    reason: 'Received invalid api version: 7',
  });
  const unknown = await ask(server, request(`SELECT * FROM ${'nope'.repeat(60)} EMIT CHANGES;`));
  expect(unknown).toMatchObject({ messages: [], code: 1003, reason: expect.stringMatching(/\.\.\.$/) });
});

test('a push query ends with its connection, and connections end with the server', async () => {
  await using service = await Service.start('in process');
  const server = await KsqlServer.start({ engine: await service.engine(), port: 0 });
  await server.engine.execute(`${S} INSERT INTO s (id, v) VALUES ('a', 1);`);
  const push = request('SELECT * FROM s EMIT CHANGES;');
  await ask(server, push, (socket, count) => {
    if (count === 2) socket.close();
  });
  let closing: Promise<void> | undefined;
  const ended = await ask(server, push, (_socket, count) => {
    if (count === 2) closing = server.close();
  });
  expect(ended).toMatchObject({ code: 1000, reason: 'done' });
  await closing;
});

test('who may not ask is refused before he speaks', async () => {
  await using service = await Service.start('in process');
  const folder = await mkdtemp(join(tmpdir(), 'millrace-ws-'));
  await writeFile(join(folder, 'users'), 'alice: secret, admin\n');
  const authentication = authenticationOfSettings({
    'authentication.method': 'BASIC',
    'authentication.users.file': join(folder, 'users'),
  });
  await using server = await KsqlServer.start({ engine: await service.engine(), port: 0, authentication });
  expect((await ask(server, request('SELECT 1;'))).code).toBe(1006);
  await rm(folder, { recursive: true });
});
