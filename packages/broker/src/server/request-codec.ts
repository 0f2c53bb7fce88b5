import { MillraceError } from '@millrace/base';
import {
  type Api,
  type ApiName,
  apiByKey,
  apiName,
  apis,
  Reader,
  requestHeaderCodec,
  Writer,
} from '@millrace/protocol';
import { unsupportedApiVersions } from '../apis/18-api-versions.ts';
import type { BrokerApi } from '../apis/api.ts';
import { apiFor, registry } from '../apis/registry.ts';

/** Key, version and correlation id, the same in every request header. */
const FIXED_HEADER_BYTES = 8;

export type ParsedRequest =
  | {
      readonly kind: 'request';
      readonly api: BrokerApi;
      readonly version: number;
      readonly correlationId: number;
      readonly clientId: string;
      readonly body: unknown;
    }
  /** An ApiVersions from the future: it has an answer, and needs no handler. */
  | { readonly kind: 'answered'; readonly response: Uint8Array[] };

/**
 * Reads a request frame.
 *
 * @throws MillraceError `UNSUPPORTED_VERSION` for an API or version that the broker does not serve, `CORRUPT_MESSAGE`
 *   for bytes that are no request: either ends the connection, as with Kafka.
 */
export function parseRequest(frame: Buffer): ParsedRequest {
  if (frame.byteLength < FIXED_HEADER_BYTES) {
    throw new MillraceError('CORRUPT_MESSAGE', `a request of ${frame.byteLength} bytes has no header`);
  }
  const key = frame.readInt16BE(0);
  const version = frame.readInt16BE(2);
  const correlationId = frame.readInt32BE(4);
  const api = apiFor(key);
  if (api === undefined || version < api.minVersion || version > api.maxVersion) {
    if (key === apis.ApiVersions.key) {
      const response = encodeResponse('ApiVersions', 0, correlationId, unsupportedApiVersions(registry()));
      return { kind: 'answered', response };
    }
    throw new MillraceError('UNSUPPORTED_VERSION', `${apiName(key)} version ${version} is not served`);
  }
  const codec = codecOf(api.name);
  const reader = new Reader(frame);
  const header = requestHeaderCodec.decode(reader, codec.requestHeaderVersion(version));
  const body = codec.decodeRequest(reader, version);
  return { kind: 'request', api, version, correlationId, clientId: header.clientId ?? '', body };
}

/** A response frame as chunks for one `writev`; record batches are passed on as they are. */
export function encodeResponse(name: ApiName, version: number, correlationId: number, response: unknown): Uint8Array[] {
  const codec = codecOf(name);
  const writer = new Writer();
  writer.int32(0);
  writer.int32(correlationId);
  if (codec.responseHeaderVersion(version) >= 1) writer.noTaggedFields();
  codec.encodeResponse(writer, version, response as never);
  writer.patchInt32(0, writer.length - 4);
  return writer.finish();
}

export function codecOf(name: ApiName): Api<ApiName> {
  return apiByKey(apis[name].key)!;
}
