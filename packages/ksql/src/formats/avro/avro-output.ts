const INITIAL_BYTES = 256;

/** Collects Avro's binary encoding; grows as needed, and gives its bytes away at the end. */
export class AvroOutput {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;

  #reserve(length: number): number {
    const start = this.#size;
    this.#size += length;
    if (this.#size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#size, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }

  /** Room for a header, which {@link finish}'s caller fills in. */
  skip(length: number): void {
    this.#reserve(length);
  }

  int(value: number): void {
    let rest = value >= 0 ? value * 2 : -value * 2 - 1;
    while (rest >= 0x80) {
      this.#byte((rest % 128) + 0x80);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  long(value: bigint): void {
    if (value >= -(2n ** 51n) && value < 2n ** 51n) {
      this.int(Number(value));
      return;
    }
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    while (rest >= 0x80n) {
      this.#byte(Number(rest & 0x7fn) + 0x80);
      rest >>= 7n;
    }
    this.#byte(Number(rest));
  }

  #byte(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
  }

  boolean(value: boolean): void {
    this.#byte(value ? 1 : 0);
  }

  float(value: number): void {
    const at = this.#reserve(4);
    this.#view.setFloat32(at, value, true);
  }

  double(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  sized(bytes: Uint8Array): void {
    this.int(bytes.length);
    this.raw(bytes);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}
