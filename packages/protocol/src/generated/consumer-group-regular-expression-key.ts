// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupRegularExpressionKey {
  readonly groupId: string;
  readonly regularExpression: string;
}

export function encodeConsumerGroupRegularExpressionKey(writer: Writer, _version: number, message: ConsumerGroupRegularExpressionKey): void {
  writer.string(message.groupId);
  writer.string(message.regularExpression);
}

export function decodeConsumerGroupRegularExpressionKey(reader: Reader, _version: number): ConsumerGroupRegularExpressionKey {
  const groupId = reader.string();
  const regularExpression = reader.string();
  return { groupId, regularExpression };
}

export const consumerGroupRegularExpressionKeyCodec: MessageCodec<ConsumerGroupRegularExpressionKey> = {
  name: 'ConsumerGroupRegularExpressionKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 16,
  encode: encodeConsumerGroupRegularExpressionKey,
  decode: decodeConsumerGroupRegularExpressionKey,
};
