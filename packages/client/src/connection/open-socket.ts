import { connect as connectTcp, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type ConnectionOptions as TlsConnectionOptions } from 'node:tls';
import type { HostPort } from '@millrace/protocol';
import type { SocketFactory } from './config.ts';

/** A plain or a TLS socket. Small writes leave at once: batching is done above, where the batches are known. */
export const openSocket: SocketFactory = (address, { tls }) => {
  const { host, port } = address;
  if (tls === null) return connectTcp({ host, port, noDelay: true, keepAlive: true });
  const socket = connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...tls });
  socket.setNoDelay(true);
  socket.setKeepAlive(true);
  return socket;
};

/** Resolves when bytes can be sent, which for TLS is after its handshake; rejects with the socket's error. */
export function whenConnected(socket: Duplex, tls: TlsConnectionOptions | null): Promise<void> {
  const connecting = socket as Duplex & { readonly connecting?: boolean };
  // A factory may hand over a stream that is open already, such as a proxy's tunnel.
  if (tls === null && connecting.connecting !== true) return Promise.resolve();
  return new Promise((resolve, reject) => {
    socket.once(tls === null ? 'connect' : 'secureConnect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the socket was closed')));
  });
}

export function formatAddress(address: HostPort): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
