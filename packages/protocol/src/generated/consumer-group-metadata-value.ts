// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupMetadataValue {
  readonly epoch: number;
  readonly metadataHash: number;
}

export const ConsumerGroupMetadataValueDefaults: Pick<
  ConsumerGroupMetadataValue,
  | 'metadataHash'
> = Object.freeze({
  metadataHash: 0,
});

export function encodeConsumerGroupMetadataValue(writer: Writer, _version: number, message: ConsumerGroupMetadataValue): void {
  writer.int32(message.epoch);
  const hasMetadataHash = message.metadataHash !== 0;
  writer.uvarint((hasMetadataHash ? 1 : 0));
  if (hasMetadataHash) {
    const start = writer.beginTaggedField(0);
    writer.int64(message.metadataHash);
    writer.endTaggedField(start);
  }
}

export function decodeConsumerGroupMetadataValue(reader: Reader, _version: number): ConsumerGroupMetadataValue {
  const epoch = reader.int32();
  let metadataHash: number = 0;
  for (let tags = reader.uvarint(); tags > 0; tags--) {
    const tag = reader.uvarint();
    const end = reader.taggedFieldEnd();
    switch (tag) {
      case 0: {
        metadataHash = reader.int64();
        break;
      }
      default:
        reader.skipTo(end);
    }
    reader.expectPosition(end);
  }
  return { epoch, metadataHash };
}

export const consumerGroupMetadataValueCodec: MessageCodec<ConsumerGroupMetadataValue> = {
  name: 'ConsumerGroupMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 3,
  encode: encodeConsumerGroupMetadataValue,
  decode: decodeConsumerGroupMetadataValue,
};
