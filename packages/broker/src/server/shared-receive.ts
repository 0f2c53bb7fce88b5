import net from 'node:net';
import type { ServerFactory } from './listener-spec.ts';

/** One read of a socket takes this much at most. libuv makes up to 32 of them before other sockets get their turn. */
const RECEIVE_BYTES = 128 * 1024;

type Accepted = net.Socket & { _handle?: NonNullable<net.SocketConstructorOpts['handle']> | null };

/** What sockets of this isolate receive: one at a time, and read before the next one gets it. */
let received: Buffer | null = null;

/**
 * Makes servers whose sockets all receive into one buffer: a chunk is valid during its `data` event only. Node would give
 * each chunk an ArrayBuffer of its own, which costs more than all else that is done with its bytes.
 *
 * Node takes a buffer (`onread`) for sockets that a program makes, not for those that a server accepts. So the accepted
 * socket hands its handle on to one that is made with a buffer, and stays behind for the server to count.
 */
export const sharedReceiveServer: ServerFactory = (onSocket) =>
  net.createServer({ noDelay: true, keepAlive: true, pauseOnConnect: true }, (accepted: Accepted) => {
    const handle = accepted._handle;
    if (handle === undefined || handle === null) {
      onSocket(accepted);
      accepted.resume();
      return;
    }
    received ??= Buffer.allocUnsafeSlow(RECEIVE_BYTES);
    const options: net.SocketConstructorOpts = {
      handle,
      onread: { buffer: received, callback: (bytes, buffer) => socket.emit('data', buffer.subarray(0, bytes)) },
    };
    const socket = new net.Socket(options);
    accepted._handle = null;
    socket.once('close', () => accepted.destroy());
    onSocket(socket);
  });
