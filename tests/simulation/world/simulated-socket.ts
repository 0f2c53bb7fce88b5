import { Duplex } from 'node:stream';
import type { SimulatedProcess } from './simulated-process.ts';

/** Bytes on the way in one direction above which a sender waits, as with a socket's buffer. */
const BUFFER_BYTES = 64 * 1024;

/** What a socket hands to the network. */
export type SocketEnd = {
  send(from: SimulatedSocket, bytes: Uint8Array): void;
  finish(from: SimulatedSocket): void;
  destroyed(from: SimulatedSocket, isReset: boolean): void;
};

/** One end of a connection: what client and broker use of Node's sockets, on simulated time. */
export class SimulatedSocket extends Duplex {
  readonly owner: SimulatedProcess;
  readonly remoteAddress: string = '10.0.0.1';
  readonly remotePort: number = 50_000;
  connecting: boolean;
  readonly #network: SocketEnd;
  readonly #arrived: (Uint8Array | null)[] = [];
  #isReading = false;
  #onWay = 0;
  #unblock: (() => void) | null = null;
  #idle: { readonly ms: number; readonly run: () => void } | null = null;
  #clearIdle: () => void = () => {};

  constructor(owner: SimulatedProcess, network: SocketEnd, connecting: boolean) {
    super({ allowHalfOpen: false, autoDestroy: true });
    this.owner = owner;
    this.connecting = connecting;
    this.#network = network;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(ms: number, run: () => void): this {
    this.#idle = { ms, run };
    this.#touch();
    return this;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  /** The network says that the other side is there. */
  connected(): void {
    this.connecting = false;
    this.emit('connect');
  }

  /** Bytes came, or the other side's end (null). */
  arrive(bytes: Uint8Array | null): void {
    if (this.destroyed) return;
    this.#touch();
    this.#arrived.push(bytes);
    if (this.#isReading) this.#deliver();
  }

  /** So many sent bytes are with the other side. */
  delivered(bytes: number): void {
    this.#onWay -= bytes;
    if (this.#onWay > BUFFER_BYTES || this.#unblock === null) return;
    const unblock = this.#unblock;
    this.#unblock = null;
    unblock();
  }

  override _read(): void {
    this.#isReading = true;
    this.#deliver();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#touch();
    // The writer may change its memory once we are done.
    this.#network.send(this, Buffer.from(chunk));
    this.#sent(chunk.byteLength, done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: () => void): void {
    this.#touch();
    const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk));
    this.#network.send(this, bytes);
    this.#sent(bytes.byteLength, done);
  }

  override _final(done: () => void): void {
    this.#network.finish(this);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#clearIdle();
    this.#network.destroyed(this, error !== null || !this.writableFinished);
    done(error);
  }

  #sent(bytes: number, done: () => void): void {
    this.#onWay += bytes;
    if (this.#onWay > BUFFER_BYTES) this.#unblock = done;
    else done();
  }

  #deliver(): void {
    while (this.#isReading && this.#arrived.length > 0) this.#isReading = this.push(this.#arrived.shift());
  }

  #touch(): void {
    if (this.#idle === null) return;
    this.#clearIdle();
    const { ms, run } = this.#idle;
    const timer = this.owner.setTimer(ms, run);
    this.#clearIdle = () => timer.clear();
  }
}
