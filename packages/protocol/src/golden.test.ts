import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Api, type ApiName, apis } from './generated/apis.ts';
import { decodeRequestHeader, encodeRequestHeader } from './generated/request-header.ts';
import { decodeResponseHeader, encodeResponseHeader } from './generated/response-header.ts';
import { Reader } from './reader.ts';
import { Writer } from './writer.ts';

// Frames that kcat 1.7 (librdkafka), kafkajs 2.2 and the Java client 4.3 exchanged with Apache Kafka 4.3, taken down by
// scripts/capture-frames.ts. A line is: API, version, direction, the frame without its size.
const folder = join(import.meta.dirname, 'testing/golden');

type Frame = {
  readonly api: Api<ApiName>;
  readonly version: number;
  readonly isRequest: boolean;
  readonly bytes: Buffer;
};

describe.each(readdirSync(folder))('%s', (file) => {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');

  test.each(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), line]))('%s', (_, line) => {
    const frame = parseLine(line);
    const written = frame.isRequest ? rewriteRequest(frame) : rewriteResponse(frame);
    expect(Buffer.from(written).toString('hex')).toBe(frame.bytes.toString('hex'));
  });
});

/** Reads a request to its last byte and writes it again. */
function rewriteRequest({ api, version, bytes }: Frame): Uint8Array {
  const reader = new Reader(bytes);
  const headerVersion = api.requestHeaderVersion(version);
  const header = decodeRequestHeader(reader, headerVersion);
  expect(header).toMatchObject({ requestApiKey: api.key, requestApiVersion: version });
  const request = api.decodeRequest(reader, version);
  expect(reader.remaining).toBe(0);
  const writer = new Writer();
  encodeRequestHeader(writer, headerVersion, header);
  api.encodeRequest(writer, version, request);
  return writer.toBytes();
}

function rewriteResponse({ api, version, bytes }: Frame): Uint8Array {
  const reader = new Reader(bytes);
  const headerVersion = api.responseHeaderVersion(version);
  const header = decodeResponseHeader(reader, headerVersion);
  const response = api.decodeResponse(reader, version);
  expect(reader.remaining).toBe(0);
  const writer = new Writer();
  encodeResponseHeader(writer, headerVersion, header);
  api.encodeResponse(writer, version, response);
  return writer.toBytes();
}

function parseLine(line: string): Frame {
  const [name, version, direction, hex] = line.split(' ');
  return {
    api: apis[name as ApiName],
    version: Number(version!.slice(1)),
    isRequest: direction === 'request',
    bytes: Buffer.from(hex!, 'hex'),
  };
}
