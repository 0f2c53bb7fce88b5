import http from 'node:http';
import http2 from 'node:http2';
import type { Socket } from 'node:net';
import type { ServerTls } from './tls-settings.ts';

/** How every HTTP/2 connection without TLS begins (RFC 9113, 3.4); no method of HTTP/1.1 is called so. */
const PREFACE = 'PRI';

export type TwoProtocols = {
  /** Speaks HTTP/1.1, and gives connections away that begin as HTTP/2. */
  readonly server: http.Server;
  /** Ends connections that have asked nothing, and what is open on HTTP/2; a stream that is being answered is let finish. */
  closeSessions(): void;
  /** Ends all of it at once. */
  destroySessions(): void;
};

/**
 * HTTP/1.1 and HTTP/2 on one port without TLS, as ksqlDB has it: clients of `/query-stream` speak either. Requests of
 * both come to one handler; Node's HTTP/2 has the same request and response objects for it.
 */
export function twoProtocols(handler: http.RequestListener, options: http.ServerOptions): TwoProtocols {
  const server = http.createServer(options, handler);
  const second = http2.createServer();
  second.on('request', handler as unknown as (request: http2.Http2ServerRequest) => void);
  const sessions = new Set<http2.ServerHttp2Session>();
  second.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  const takeFirst = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  // Clients open connections ahead; of those that said nothing yet no server knows.
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
    chooseProtocol(socket, (isSecond) => {
      silent.delete(socket);
      if (isSecond) second.emit('connection', socket);
      else for (const take of takeFirst) take.call(server, socket);
    });
  });
  return {
    server,
    closeSessions() {
      for (const socket of silent) socket.destroy();
      for (const session of sessions) session.close();
    },
    destroySessions() {
      server.closeAllConnections();
      for (const session of sessions) session.destroy();
    },
  };
}

/** The same with TLS, where client and server settle on a protocol before the first request. */
export function twoSecureProtocols(handler: http.RequestListener, options: ServerTls): TwoProtocols {
  const server = http2.createSecureServer({ ...options, allowHTTP1: true });
  server.on('request', handler as unknown as (request: http2.Http2ServerRequest) => void);
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    // Node's secure server of both protocols does all that is asked of one of HTTP/1.1, and has no common type with it.
    server: server as unknown as http.Server,
    closeSessions() {
      for (const session of sessions) session.close();
    },
    destroySessions() {
      for (const session of sessions) session.destroy();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Looks at the first bytes of a connection and puts them back. */
function chooseProtocol(socket: Socket, choose: (isSecond: boolean) => void): void {
  const destroy = (): void => void socket.destroy();
  let seen: Buffer = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    const start = seen.toString('latin1', 0, PREFACE.length);
    if (start.length < PREFACE.length && PREFACE.startsWith(start)) return;
    socket.off('data', look);
    socket.off('error', destroy);
    socket.pause();
    socket.unshift(seen);
    const isSecond = start === PREFACE;
    choose(isSecond);
    // HTTP/1.1 reads the socket as a stream, HTTP/2 takes it over with what was put back.
    if (!isSecond) socket.resume();
  };
  socket.on('error', destroy);
  socket.on('data', look);
}
