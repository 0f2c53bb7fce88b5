import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { KsqlClient } from './ksql-client.ts';
import { KsqlServerError } from './server-error.ts';

// What other servers than ours answer: ksqlDB's own spacing and extra elements, and what stands between them and us.

type Asked = { readonly path: string; readonly headers: Record<string, unknown>; readonly body: unknown };

/** A server that answers with these bytes, and remembers what it was asked. */
async function answering(
  status: number,
  pieces: readonly string[],
  use: (client: KsqlClient, asked: Asked[]) => Promise<void>,
) {
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ path: request.url!, headers: request.headers, body: body === '' ? null : JSON.parse(body) });
    response.writeHead(status);
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };
  const server: Server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await using client = new KsqlClient({ url: `http://al:se%20cret@127.0.0.1:${port}/`, protocol: 'http/1.1' });
    await use(client, asked);
  } finally {
    server.close();
  }
}

test('rows come through whatever stands between them', async () => {
  const pieces = [
    '[{"header":{"queryId":"transient_S_1","schema":"`K` STRING KEY, `a b` ARRAY<STRUCT<`x``y` BIGINT>>, `H` BYTES"}},\n',
    '\n{"consistencyToken":{"consistencyToken":"eyJ2"}},\n',
    '{"row":{"columns":["k",[{"x`y":9007199254740993}],"AQ=="]}},\n\n',
    '{"row":{"columns":["k",null,null],"tombstone":true}},\n{"finalMessage":"Limit Reached"}]',
  ];
  await answering(200, pieces, async (client, asked) => {
    client.define('v', '1');
    const query = await client.streamQuery('SELECT 1;', { properties: { 'auto.offset.reset': 'earliest' } });
    const rows = [];
    for await (const row of query) rows.push([row, query.isDeletion(row)]);
    expect(rows).toEqual([
      [['k', [{ 'x`y': 9_007_199_254_740_993n }], Uint8Array.of(1)], false],
      [['k', null, null], true],
    ]);
    expect(query.finalMessage).toBe('Limit Reached');
    const body = {
      ksql: 'SELECT 1;',
      streamsProperties: { 'auto.offset.reset': 'earliest' },
      sessionVariables: { v: '1' },
    };
    const authorization = `Basic ${Buffer.from('al:se cret').toString('base64')}`;
    expect(asked).toMatchObject([{ path: '/query', body, headers: { authorization } }]);
  });
});

test('a query that fails among its rows is an error, with its code', async () => {
  const failure = '{"errorMessage":{"@type":"generic_error","error_code":50000,"message":"gone"}}]';
  await answering(200, ['[{"header":{"queryId":null,"schema":"`B` BIGINT"}},\n', failure], async (client) => {
    await expect(client.executeQuery('SELECT 1;')).rejects.toMatchObject({ errorCode: 50000, message: 'gone' });
  });
});

test('a page of a proxy is an error of the server, and what is no answer of ksqlDB is said', async () => {
  await answering(502, ['<h1>Bad Gateway</h1>'], async (client) => {
    const error = await client.serverInfo().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KsqlServerError);
    expect(error).toMatchObject({ errorCode: 50200, message: '<h1>Bad Gateway</h1>', retriable: false });
  });
  await answering(503, ['{"error_code":50303,"message":"shutting down"}'], async (client) => {
    await expect(client.execute('SHOW STREAMS;')).rejects.toMatchObject({ errorCode: 50303, retriable: true });
  });
  for (const nothing of [[], ['[]'], ['{"some":"thing"}']]) {
    await answering(200, nothing, async (client) => {
      await expect(client.streamQuery('SELECT 1;')).rejects.toMatchObject({ code: 'KSQL_ANSWER' });
    });
  }
});

test('an answer that does not begin in time is given up', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  for (const protocol of ['http/1.1', 'http/2'] as const) {
    await using client = new KsqlClient({ url: `127.0.0.1:${port}`, protocol, requestTimeoutMs: 50 });
    const timedOut = expect.objectContaining({ retriable: true });
    await expect(client.serverInfo()).rejects.toEqual(timedOut);
    const end = new AbortController();
    const asked = client.execute('SHOW STREAMS;', { signal: end.signal, timeoutMs: 60_000 });
    end.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  }
  server.closeAllConnections();
  server.close();
});
