import net from 'node:net';
import type { Duplex } from 'node:stream';
import { type ApiName, type ApiTypes, apis, Reader, requestHeaderCodec, Writer } from '@millrace/protocol';

/** A request as it goes over the wire. */
export function requestFrame<A extends ApiName>(
  name: A,
  version: number,
  request: ApiTypes[A]['request'],
  correlationId: number,
): Uint8Array {
  const codec = apis[name];
  const writer = new Writer();
  writer.int32(0);
  requestHeaderCodec.encode(writer, codec.requestHeaderVersion(version), {
    requestApiKey: codec.key,
    requestApiVersion: version,
    correlationId,
    clientId: 'wire',
  });
  codec.encodeRequest(writer, version, request);
  writer.patchInt32(0, writer.length - 4);
  return writer.toBytes();
}

/** A client of a few lines, for tests that must see the wire as it is. */
export class Wire {
  readonly #socket: Duplex;
  readonly #waiting: ((frame: Buffer | null) => void)[] = [];
  #bytes = Buffer.alloc(0);
  #correlationId = 0;
  #receivedBytes = 0;
  /** Resolves when the other side closed. */
  readonly closed: Promise<void>;

  constructor(socket: Duplex) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const resolve of this.#waiting.splice(0)) resolve(null);
    });
    socket.on('data', (chunk: Buffer) => {
      this.#receivedBytes += chunk.byteLength;
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      while (this.#bytes.byteLength >= 4 && this.#bytes.byteLength >= 4 + this.#bytes.readInt32BE(0)) {
        const end = 4 + this.#bytes.readInt32BE(0);
        const frame = Buffer.from(this.#bytes.subarray(4, end));
        this.#bytes = this.#bytes.subarray(end);
        this.#waiting.shift()?.(frame);
      }
    });
  }

  static connect(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(new Wire(socket)));
      socket.once('error', reject);
    });
  }

  /** The answer, or null when the connection was closed instead. */
  async send<A extends ApiName>(
    name: A,
    version: number,
    request: ApiTypes[A]['request'],
  ): Promise<ApiTypes[A]['response'] | null> {
    const codec = apis[name];
    const correlationId = ++this.#correlationId;
    const frame = await this.exchange(requestFrame(name, version, request, correlationId));
    if (frame === null) return null;
    const reader = new Reader(frame);
    if (reader.int32() !== correlationId) throw new Error('an answer came out of order');
    if (codec.responseHeaderVersion(version) >= 1) reader.skipTaggedFields();
    return codec.decodeResponse(reader, version);
  }

  /** Writes bytes as they are; the next frame that comes back, or null when the connection was closed instead. */
  exchange(bytes: Uint8Array): Promise<Buffer | null> {
    if (this.#socket.destroyed) return Promise.resolve(null);
    const answer = new Promise<Buffer | null>((resolve) => this.#waiting.push(resolve));
    this.#socket.write(bytes);
    return answer;
  }

  /** Takes nothing of what comes, until {@link resume}. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
