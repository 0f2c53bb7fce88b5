/**
 * Stands between a Kafka client and a broker and keeps what they say, to be committed as golden bytes.
 *
 *   node packages/protocol/scripts/capture-frames.ts --listen 19110 --broker 19100 --out src/testing/golden/kcat.txt
 *
 * Both sides are on the loopback address. The client is sent to the proxy again where an answer names the broker's
 * port; the file has the frames as the broker wrote them. For each API, version and direction the largest frame of
 * at most a kilobyte stays. The file is written at the end (SIGTERM, SIGINT).
 */
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { apiName } from '../src/api-keys.ts';

const FRAME_BYTES_MAX = 1024;

const { values } = parseArgs({
  options: { listen: { type: 'string' }, broker: { type: 'string' }, out: { type: 'string' } },
});
const proxyPort = Number(values.listen);
const brokerPort = Number(values.broker);
const kept = new Map<string, Buffer>();

createServer((client) => {
  const broker = connect(brokerPort, '127.0.0.1');
  const asked = new Map<number, string>();
  forEachFrame(client, (frame) => {
    const message = `${apiName(frame.readInt16BE(0))} v${frame.readInt16BE(2)}`;
    asked.set(frame.readInt32BE(4), message);
    keep(`${message} request`, frame);
  });
  forEachFrame(broker, (frame) => {
    const message = asked.get(frame.readInt32BE(0));
    if (message !== undefined) keep(`${message} response`, frame);
  });
  client.on('data', (bytes) => broker.write(bytes));
  broker.on('data', (bytes) => client.write(withProxyPort(bytes)));
  for (const [socket, other] of [
    [client, broker],
    [broker, client],
  ] as const) {
    socket.on('error', () => other.destroy());
    socket.on('close', () => other.end());
  }
}).listen(proxyPort, '127.0.0.1');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    const lines = [...kept]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, frame]) => `${name} ${frame.toString('hex')}`);
    writeFileSync(values.out!, `${lines.join('\n')}\n`);
    process.exit(0);
  });
}

function keep(name: string, frame: Buffer): void {
  const known = kept.get(name);
  if (frame.length <= FRAME_BYTES_MAX && (known === undefined || frame.length > known.length)) {
    kept.set(name, Buffer.from(frame));
  }
}

/** Calls back with each frame of a direction, without its size. */
function forEachFrame(socket: Socket, visit: (frame: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    pending = Buffer.concat([pending, bytes]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
      const end = 4 + pending.readInt32BE(0);
      visit(pending.subarray(4, end));
      pending = pending.subarray(end);
    }
  });
}

function withProxyPort(bytes: Buffer): Buffer {
  const port = Buffer.alloc(4);
  port.writeInt32BE(brokerPort);
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(port); at >= 0; at = copy.indexOf(port, at + 4)) copy.writeInt32BE(proxyPort, at);
  return copy;
}
