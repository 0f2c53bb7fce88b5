import type { Random } from '@millrace/base';
import { type ApiName, type ApiTypes, apis, Reader, requestHeaderCodec, Writer } from '@millrace/protocol';
import { type ApiDeclaration, apiDeclarations, messagesOf } from '@millrace/protocol/testing';
import { mutate } from './mutate.ts';
import { pick, randomBytes, randomMessage, type Vocabulary } from './random-message.ts';

const TOPIC_RESOURCE = 2;
const RAW_BYTES_MAX = 300;

/** These change what a healthy client must expect, when they are carried out. */
const CHANGES_EVERYTHING: ReadonlySet<string> = new Set(['AlterClientQuotas', 'UpdateFeatures', 'UnregisterBroker']);

type Untyped = {
  readonly key: number;
  requestHeaderVersion(version: number): number;
  encodeRequest(writer: Writer, version: number, message: unknown): void;
  decodeRequest(reader: Reader, version: number): unknown;
};

/** What a broker says that it serves: key and versions. */
export type ServedApi = { readonly apiKey: number; readonly minVersion: number; readonly maxVersion: number };

/** A frame without its size, and whether it can be read. */
export type Made = { readonly frame: Buffer; readonly isRight: boolean };

/** Makes frames of every API that is served: right ones, changed ones, and rubbish. */
export class FrameMaker {
  readonly #random: Random;
  readonly #words: Vocabulary;
  readonly #served: readonly { readonly declaration: ApiDeclaration; readonly range: ServedApi }[];
  #previous: Buffer = Buffer.alloc(0);

  constructor(random: Random, served: readonly ServedApi[], words: Vocabulary) {
    this.#random = random;
    this.#words = words;
    this.#served = served.flatMap((range) => {
      const declaration = apiDeclarations.find(({ key }) => key === range.apiKey);
      return declaration === undefined ? [] : [{ declaration, range }];
    });
  }

  /** The next frame, without its size. */
  next(): Made {
    for (;;) {
      const made = this.#any();
      if (!changesEverything(made.frame)) return made;
    }
  }

  #any(): Made {
    const random = this.#random;
    if (random.int(50) === 0) return { frame: randomBytes(random, 1 + random.int(RAW_BYTES_MAX)), isRight: false };
    const frame = this.#valid();
    const other = this.#previous;
    this.#previous = frame;
    return random.int(3) === 0 ? { frame, isRight: true } : { frame: mutate(random, frame, other), isRight: false };
  }

  #valid(): Buffer {
    const random = this.#random;
    const { declaration, range } = pick(random, this.#served);
    const version = range.minVersion + random.int(range.maxVersion - range.minVersion + 1);
    const message = randomMessage(random, messagesOf(declaration).request.fields, version, this.#words);
    return encodeFrame(declaration.name as ApiName, version, message as never, random.int(2 ** 31));
  }
}

/** A request as it goes over the wire, without its size. */
export function encodeFrame<A extends ApiName>(
  name: A,
  version: number,
  message: ApiTypes[A]['request'],
  correlationId: number,
): Buffer {
  const codec = apis[name] as unknown as Untyped;
  const writer = new Writer();
  const header = { requestApiKey: codec.key, requestApiVersion: version, correlationId, clientId: 'fuzz' };
  requestHeaderCodec.encode(writer, codec.requestHeaderVersion(version), header);
  codec.encodeRequest(writer, version, message);
  return Buffer.from(writer.toBytes());
}

/** With its size in front. */
export function sized(frame: Buffer): Buffer {
  const all = Buffer.allocUnsafe(4 + frame.byteLength);
  all.writeInt32BE(frame.byteLength, 0);
  frame.copy(all, 4);
  return all;
}

/** Whether a frame that the broker can read would change the broker for everybody, as it may. */
function changesEverything(frame: Buffer): boolean {
  if (frame.byteLength < 8) return false;
  const key = frame.readInt16BE(0);
  const version = frame.readInt16BE(2);
  const declaration = apiDeclarations.find((one) => one.key === key);
  if (declaration === undefined) return false;
  if (CHANGES_EVERYTHING.has(declaration.name)) return true;
  if (declaration.name !== 'AlterConfigs' && declaration.name !== 'IncrementalAlterConfigs') return false;
  try {
    const codec = apis[declaration.name] as unknown as Untyped;
    const reader = new Reader(frame);
    requestHeaderCodec.decode(reader, codec.requestHeaderVersion(version));
    const { resources } = codec.decodeRequest(reader, version) as ApiTypes['AlterConfigs']['request'];
    return resources.some(({ resourceType }) => resourceType !== TOPIC_RESOURCE);
  } catch {
    return false;
  }
}
