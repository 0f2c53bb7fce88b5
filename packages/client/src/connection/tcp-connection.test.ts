import { createServer, type Server, type Socket } from 'node:net';
import { silentLogger, systemClock } from '@millrace/base';
import { afterEach, expect, test } from 'vitest';
import { Client } from '../client.ts';
import { openSocket } from './open-socket.ts';
import { TcpConnection } from './tcp-connection.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** A server that answers as told, to see what the client does when brokers misbehave. */
async function misbehaving(onData: (socket: Socket, bytes: Buffer) => void): Promise<number> {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => onData(socket, bytes));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

function connectTo(port: number, requestTimeoutMs = 10_000): TcpConnection {
  return new TcpConnection(openSocket({ host: '127.0.0.1', port }, { tls: null }), {
    name: `127.0.0.1:${port}`,
    clientId: 'test',
    requestTimeoutMs,
    clock: systemClock,
    logger: silentLogger,
  });
}

const request = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };

test('a connection that ends rejects everything that waits on it, and never opens again', async () => {
  const port = await misbehaving((socket) => socket.destroy());
  const connection = connectTo(port);
  const waiting = [connection.send('ApiVersions', 3, request), connection.send('ApiVersions', 3, request)];
  for (const answer of waiting)
    await expect(answer).rejects.toMatchObject({ code: 'CONNECTION_CLOSED', retriable: true });
  expect(connection.isOpen).toBe(false);
  await expect(connection.send('ApiVersions', 3, request)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
});

test('an answer that does not come in time ends the connection', async () => {
  const port = await misbehaving(() => {});
  const connection = connectTo(port, 50);
  await expect(connection.send('ApiVersions', 3, request)).rejects.toMatchObject({
    code: 'CONNECTION_CLOSED',
    cause: { code: 'TIMED_OUT' },
  });
});

test('an answer to a request that was not sent ends the connection', async () => {
  const port = await misbehaving((socket) => socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 99])));
  await expect(connectTo(port).send('ApiVersions', 3, request)).rejects.toMatchObject({ code: 'CORRUPT_MESSAGE' });
});

test('a wait ends with its signal, and the connection stays', async () => {
  const port = await misbehaving(() => {});
  await using connection = connectTo(port);
  const abort = new AbortController();
  const waiting = connection.send('ApiVersions', 3, request, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(connection.isOpen).toBe(true);
});

test('a broker that knows ApiVersions in version 0 only is asked again in that', async () => {
  const versions: number[] = [];
  const port = await misbehaving((socket, bytes) => {
    const version = bytes.readInt16BE(6);
    versions.push(version);
    const body = Buffer.alloc(version === 0 ? 16 : 10);
    body.writeInt32BE(bytes.readInt32BE(8), 0);
    // Error 35 with no ranges; then no error and one range, for ApiVersions itself.
    body.writeInt16BE(version === 0 ? 0 : 35, 4);
    body.writeInt32BE(version === 0 ? 1 : 0, 6);
    if (version === 0) body.writeInt16BE(18, 10);
    const size = Buffer.alloc(4);
    size.writeInt32BE(body.length);
    socket.write(Buffer.concat([size, body]));
  });
  await using client = new Client({ bootstrapServers: `127.0.0.1:${port}` });
  await expect(client.admin.describeCluster()).rejects.toMatchObject({
    code: 'UNSUPPORTED_VERSION',
    message: 'the broker does not offer DescribeCluster',
  });
  expect(versions.slice(0, 2)).toEqual([4, 0]);
});

test('a broker that can not be reached is tried until the time is over', async () => {
  const port = await misbehaving(() => {});
  server!.close();
  await using client = new Client({ bootstrapServers: `127.0.0.1:${port}`, retryTimeoutMs: 200, retryBackoffMs: 20 });
  await expect(client.admin.listTopics()).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await expect(client.topic('any', { timeoutMs: 100 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
});
