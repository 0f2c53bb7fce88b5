import { assert, MillraceError } from '@millrace/base';
import type { Serde } from '../serde.ts';
import { registrySerde } from './registry-serde.ts';
import type { RegistryOptions } from './schema-registry.ts';

type ProtoWriter = { sint32(value: number): ProtoWriter; finish(): Uint8Array };
type ProtoReader = { readonly pos: number; sint32(): number };
type ProtoNode = { readonly name: string; readonly nestedArray?: readonly ProtoNode[] };
type ProtoType = ProtoNode & {
  encode(message: object, writer: never): { finish(): Uint8Array };
  decode(reader: never): object;
  /** What is wrong, or null. */
  verify(value: object): string | null;
  fromObject(value: object): object;
  toObject(message: never, options: object): object;
};
/** The part of the package `protobufjs` that is used. */
type Protobuf = {
  parse(
    text: string,
    options: object,
  ): { readonly package: string | undefined; readonly root: { lookup(path: string): ProtoNode | null } & ProtoNode };
  readonly Type: new (...parts: never[]) => ProtoType;
  readonly Writer: { create(): ProtoWriter };
  readonly Reader: { create(bytes: Uint8Array): ProtoReader };
};

export type ProtobufOptions = RegistryOptions & {
  /** The package: `import protobufjs from 'protobufjs'`. */
  readonly protobufjs: Protobuf;
  /** The text of the .proto file, which imports no others. */
  readonly proto: string;
  /** The name of the message, `Outer.Inner` for a nested one. Default: the first of the file. */
  readonly message?: string;
};

/** 64-bit numbers and enums as numbers; what is not set has its default, as in other languages. */
const TO_OBJECT = { longs: Number, defaults: true, arrays: true, objects: true } as const;

/**
 * Protocol Buffers with their schema in a registry: plain objects with the field names of the .proto file. A value names the
 * message that it is of by its place in the file it was written with.
 */
export function protobufSerde<T extends object>(options: ProtobufOptions): Serde<T> {
  const { proto, protobufjs: protobuf } = options;
  const own = new ProtoFile(protobuf, proto);
  const path = own.pathOf(options.message);
  const type = own.typeAt(path);
  return registrySerde<T>(
    {
      name: 'protobuf',
      schema: { kind: 'PROTOBUF', text: proto, references: [] },
      write(value) {
        // Or text would be written as the number 0.
        const problem = type.verify(value);
        if (problem !== null) throw new TypeError(problem);
        const writer = protobuf.Writer.create();
        // The first message of a file, which is the most frequent, is written as a mere zero.
        if (path.length === 1 && path[0] === 0) writer.sint32(0);
        else for (const number of [path.length, ...path]) writer.sint32(number);
        return type.encode(type.fromObject(value), writer as never).finish();
      },
      readerOf(writtenWith) {
        const file = writtenWith.text === proto ? own : new ProtoFile(protobuf, writtenWith.text);
        return (bytes) => {
          const reader = protobuf.Reader.create(bytes);
          const writtenAs = file.typeAt(readPath(reader));
          return writtenAs.toObject(writtenAs.decode(reader as never) as never, TO_OBJECT) as T;
        };
      },
    },
    options,
  );
}

/** So deep are messages nested at most. */
const DEPTH_MAX = 100;

function readPath(reader: ProtoReader): number[] {
  const depth = reader.sint32();
  if (depth === 0) return [0];
  if (depth < 0 || depth > DEPTH_MAX) throw new RangeError(`${depth} is no depth of a message`);
  return Array.from({ length: depth }, () => reader.sint32());
}

/** The messages of a .proto file, by their places. */
class ProtoFile {
  readonly #protobuf: Protobuf;
  readonly #messages: readonly ProtoType[];

  /** @throws MillraceError `INVALID_SCHEMA` */
  constructor(protobuf: Protobuf, text: string) {
    this.#protobuf = protobuf;
    try {
      const { package: name, root } = protobuf.parse(text, { keepCase: true });
      const top = name === undefined ? root : root.lookup(name);
      assert(top !== null, 'a file has its package');
      this.#messages = this.#messagesOf(top);
    } catch (cause) {
      throw new MillraceError('INVALID_SCHEMA', `the .proto text cannot be read: ${(cause as Error).message}`, {
        cause,
      });
    }
    if (this.#messages.length === 0) throw new MillraceError('INVALID_SCHEMA', 'the .proto text has no message');
  }

  /** @throws MillraceError `INVALID_SCHEMA` when there is no such message */
  pathOf(name: string | undefined): readonly number[] {
    if (name === undefined) return [0];
    const path: number[] = [];
    let messages = this.#messages;
    for (const part of name.split('.')) {
      const index = messages.findIndex((message) => message.name === part);
      if (index < 0) throw new MillraceError('INVALID_SCHEMA', `the .proto text has no message ${name}`);
      path.push(index);
      messages = this.#messagesOf(messages[index]!);
    }
    return path;
  }

  typeAt(path: readonly number[]): ProtoType {
    let messages = this.#messages;
    let type: ProtoType | undefined;
    for (const index of path) {
      type = messages[index];
      if (type === undefined) throw new RangeError(`the schema has no message at ${path.join('.')}`);
      messages = this.#messagesOf(type);
    }
    assert(type !== undefined, 'a path has at least one step');
    return type;
  }

  #messagesOf({ nestedArray = [] }: ProtoNode): ProtoType[] {
    return nestedArray.filter((node): node is ProtoType => node instanceof this.#protobuf.Type);
  }
}
