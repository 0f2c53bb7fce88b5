import { createRequire } from 'node:module';

type WasmCodecs = {
  lz4Compress(bytes: Buffer): Buffer;
  snappyCompress(bytes: Buffer): Buffer;
};

let codecs: WasmCodecs | null = null;

/** The encoders in wasm, loaded with the first batch that is compressed here: an idle program does without 9 MB of them. */
export function wasmCodecs(): WasmCodecs {
  codecs ??= createRequire(import.meta.url)('@platformatic/wasm-utils') as WasmCodecs;
  return codecs;
}
