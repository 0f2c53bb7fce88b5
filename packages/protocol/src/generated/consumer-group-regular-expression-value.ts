// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readCompactStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupRegularExpressionValue {
  readonly topics: readonly string[];
  readonly version: number;
  readonly timestamp: number;
}

export function encodeConsumerGroupRegularExpressionValue(writer: Writer, _version: number, message: ConsumerGroupRegularExpressionValue): void {
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) writer.compactString(item);
  writer.int64(message.version);
  writer.int64(message.timestamp);
  writer.noTaggedFields();
}

export function decodeConsumerGroupRegularExpressionValue(reader: Reader, _version: number): ConsumerGroupRegularExpressionValue {
  const topicsLength = reader.compactListLength(1);
  const topics: readonly string[] = readCompactStringList(reader, topicsLength);
  const versionField = reader.int64();
  const timestamp = reader.int64();
  reader.skipTaggedFields();
  return { topics, version: versionField, timestamp };
}

export const consumerGroupRegularExpressionValueCodec: MessageCodec<ConsumerGroupRegularExpressionValue> = {
  name: 'ConsumerGroupRegularExpressionValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 16,
  encode: encodeConsumerGroupRegularExpressionValue,
  decode: decodeConsumerGroupRegularExpressionValue,
};
