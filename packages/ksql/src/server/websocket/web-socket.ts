import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { encodeFrame, FrameReader, OPCODE } from './frames.ts';

/** Part of the protocol (RFC 6455, 1.3). */
const ACCEPT_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const VERSION = '13';
/** Of the text of a close frame, with its code. */
const REASON_BYTES_MAX = 123;
/** A client that does not answer a close is let go. */
const CLOSE_TIMEOUT_MS = 5_000;

/** Why a connection ends, by the numbers of RFC 6455. */
export const CLOSE_CODE = {
  normal: 1000,
  protocolError: 1002,
  invalid: 1003,
  unexpected: 1011,
  tryLater: 1013,
} as const;

/** The server's side of one websocket: it sends texts, and hears when the client goes. */
export class WebSocketConnection {
  readonly #socket: Duplex;
  readonly #reader = new FrameReader();
  #isClosing = false;

  private constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // A client that goes without a word leaves half a connection behind.
    socket.on('end', () => socket.destroy());
  }

  /** Accepts a client's request to speak so; null where it is none, and the client was told so. */
  static accept(request: IncomingMessage, socket: Duplex, head: Buffer): WebSocketConnection | null {
    const key = request.headers['sec-websocket-key'];
    if (key === undefined || request.headers['sec-websocket-version'] !== VERSION) {
      refuseUpgrade(socket, '426 Upgrade Required', `Sec-WebSocket-Version: ${VERSION}`);
      return null;
    }
    const accept = createHash('sha1')
      .update(key + ACCEPT_SUFFIX)
      .digest('base64');
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write(`${[...lines, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
    const connection = new WebSocketConnection(socket);
    if (head.length > 0) connection.#take(head);
    return connection;
  }

  /** Called once when the connection is gone, whoever ended it. */
  onClose(listener: () => void): void {
    if (this.#socket.destroyed) listener();
    else this.#socket.once('close', listener);
  }

  get isOpen(): boolean {
    return !this.#isClosing && !this.#socket.destroyed;
  }

  /** Resolves when the client takes more. What is sent to who has gone is lost. */
  async send(text: string): Promise<void> {
    if (!this.isOpen || this.#socket.write(encodeFrame(OPCODE.text, Buffer.from(text)))) return;
    const gone = new AbortController();
    this.#socket.once('close', () => gone.abort());
    await once(this.#socket, 'drain', { signal: gone.signal }).catch(() => {});
  }

  /** Says why, and ends the connection when the client has heard it. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.#isClosing = true;
    const payload = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(shortened(reason))]);
    this.#socket.end(encodeFrame(OPCODE.close, payload));
    const timer = setTimeout(() => this.#socket.destroy(), CLOSE_TIMEOUT_MS);
    this.#socket.once('close', () => clearTimeout(timer));
  }

  #take(chunk: Buffer): void {
    try {
      for (const { opcode, payload } of this.#reader.read(chunk)) {
        if (opcode === OPCODE.ping) this.#socket.write(encodeFrame(OPCODE.pong, payload));
        if (opcode === OPCODE.close) this.#hearClose();
      }
    } catch {
      this.close(CLOSE_CODE.protocolError, 'not a frame of a client');
    }
  }

  /** The client goes, or has heard that the server does. */
  #hearClose(): void {
    if (this.#isClosing) this.#socket.destroy();
    else this.close(CLOSE_CODE.normal, '');
  }
}

/** Answers a request that becomes no websocket, and ends its connection. */
export function refuseUpgrade(socket: Duplex, status: string, header: string): void {
  socket.end(`HTTP/1.1 ${status}\r\n${header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

/** As ksqlDB cuts what is too long for a close frame. */
function shortened(reason: string): string {
  if (Buffer.byteLength(reason) <= REASON_BYTES_MAX) return reason;
  let text = reason.slice(0, REASON_BYTES_MAX - 3);
  while (Buffer.byteLength(text) > REASON_BYTES_MAX - 3) text = text.slice(0, -1);
  return `${text}...`;
}
