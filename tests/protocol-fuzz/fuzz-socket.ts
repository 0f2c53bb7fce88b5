import { EventEmitter } from 'node:events';

/** All sockets receive through this one buffer, as the broker's own sockets do: a chunk is valid during its event only. */
const received = Buffer.alloc(256 * 1024);

/** A socket without a network: what it is given comes in, what goes out is cut into frames. */
export class FuzzSocket extends EventEmitter {
  readonly remoteAddress: string = '127.0.0.1';
  readonly remotePort: number = 50_000;
  readonly writableLength: number = 0;
  destroyed = false;
  answers = 0;
  answeredBytes = 0;
  readonly #onAnswer: ((frame: Buffer) => void) | undefined;
  #out: Buffer[] = [];
  #isPaused = false;
  #waiting: Buffer[] = [];

  constructor(onAnswer?: (frame: Buffer) => void) {
    super();
    this.#onAnswer = onAnswer;
  }

  /** Bytes from the client. */
  receive(bytes: Buffer): void {
    if (this.destroyed) return;
    if (this.#isPaused) {
      this.#waiting.push(bytes);
      return;
    }
    for (let at = 0; at < bytes.byteLength && !this.destroyed; at += received.byteLength) {
      const chunk = received.subarray(0, bytes.copy(received, 0, at));
      this.emit('data', chunk);
      chunk.fill(0xaa);
    }
  }

  write(chunk: Uint8Array, done?: (error: null) => void): boolean {
    this.answeredBytes += chunk.byteLength;
    if (this.#onAnswer !== undefined) this.#collect(Buffer.from(chunk));
    done?.(null);
    return true;
  }

  pause(): this {
    this.#isPaused = true;
    return this;
  }

  resume(): this {
    this.#isPaused = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) this.receive(bytes);
    return this;
  }

  isPaused(): boolean {
    return this.#isPaused;
  }

  destroy(): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    process.nextTick(() => this.emit('close'));
    return this;
  }

  destroySoon(): void {
    this.destroy();
  }

  end(): this {
    return this.destroy();
  }

  cork(): void {}
  uncork(): void {}

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  #collect(bytes: Buffer): void {
    this.#out.push(bytes);
    let all = Buffer.concat(this.#out);
    while (all.byteLength >= 4 && all.byteLength >= 4 + all.readInt32BE(0)) {
      const end = 4 + all.readInt32BE(0);
      this.answers += 1;
      this.#onAnswer?.(all.subarray(4, end));
      all = all.subarray(end);
    }
    this.#out = [all];
  }
}
