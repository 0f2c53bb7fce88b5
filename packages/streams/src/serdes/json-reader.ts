import { decodeUtf8, latin1Slice } from '../lib/utf8.ts';
import { JsonShape, MISS } from './json-shape.ts';

/** So many shapes are tried on a record: one serde may read several topics, or a type with optional keys. */
const SHAPES_MAX = 4;
/** What records of known shapes earn, and others cost: at nothing, shapes cost more than they save and are given up. */
const CREDIT_FIRST = 32;
const CREDIT_MAX = 1_000;
const MISS_COST = 4;

/** Reads JSON as JSON.parse does, faster where it has seen objects of the same keys before. */
export class JsonReader {
  readonly #shapes: JsonShape[] = [];
  #credit: number = latin1Slice === undefined ? 0 : CREDIT_FIRST;

  /** @throws SyntaxError as JSON.parse throws it. */
  read(bytes: Uint8Array, start: number, end: number): unknown {
    const shapes = this.#shapes;
    for (let at = 0; at < shapes.length; at++) {
      const value = shapes[at]!.read(bytes, start, end);
      if (value === MISS) continue;
      if (at > 0) this.#moveToFront(at);
      if (this.#credit < CREDIT_MAX) this.#credit++;
      return value;
    }
    const value: unknown = JSON.parse(decodeUtf8(bytes, start, end));
    if (this.#credit > 0) this.#missed(value);
    return value;
  }

  #moveToFront(at: number): void {
    const [shape] = this.#shapes.splice(at, 1);
    this.#shapes.unshift(shape!);
  }

  #missed(value: unknown): void {
    this.#credit -= MISS_COST;
    if (this.#credit > 0) this.#learn(value);
    else this.#shapes.length = 0;
  }

  #learn(value: unknown): void {
    if (this.#shapes.length === SHAPES_MAX) return;
    try {
      const shape = JsonShape.of(value, latin1Slice!);
      if (shape !== null) this.#shapes.push(shape);
    } catch {
      // The process forbids code that is made from strings.
      this.#credit = 0;
    }
  }
}
