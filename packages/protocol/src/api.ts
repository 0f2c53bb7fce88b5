import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/**
 * Everything there is to know about one Kafka API on the wire: its versions and how its messages are written and read.
 * The version that is asked for must be one of them; who reads a request checks that first.
 *
 * Encoding throws MillraceError `UNSUPPORTED_VERSION` for a value that the version can't carry; decoding throws
 * `CORRUPT_MESSAGE` or `INEXACT_INT64`.
 */
export interface ApiCodec<Name extends string, Request, Response> {
  /** Kafka's name without `Request` and `Response`. */
  readonly name: Name;
  /** The number that stands for the API in a request header. */
  readonly key: number;
  readonly minVersion: number;
  /** The newest version that Kafka calls stable. */
  readonly maxVersion: number;
  /** The first version with compact lengths and tagged fields (KIP-482), or null where there is none. */
  readonly firstFlexibleVersion: number | null;
  encodeRequest(writer: Writer, version: number, request: Request): void;
  decodeRequest(reader: Reader, version: number): Request;
  encodeResponse(writer: Writer, version: number, response: Response): void;
  decodeResponse(reader: Reader, version: number): Response;
  requestHeaderVersion(version: number): number;
  responseHeaderVersion(version: number): number;
}

/** A message that stands by itself, outside of a request or response. */
export interface MessageCodec<Message> {
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** For keys and values of coordinator records: the type of the record, which the key begins with. */
  readonly recordType: number | null;
  encode(writer: Writer, version: number, message: Message): void;
  decode(reader: Reader, version: number): Message;
}
