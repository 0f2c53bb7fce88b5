// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface OffsetCommitValue {
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestamp: number;
  readonly expireTimestamp: number;
  readonly topicId: string;
}

export const OffsetCommitValueDefaults: Pick<
  OffsetCommitValue,
  | 'leaderEpoch'
  | 'expireTimestamp'
  | 'topicId'
> = Object.freeze({
  leaderEpoch: -1,
  expireTimestamp: -1,
  topicId: ZERO_UUID,
});

export function encodeOffsetCommitValue(writer: Writer, version: number, message: OffsetCommitValue): void {
  const flexible = version === 4;
  writer.int64(message.offset);
  if (version >= 3) writer.int32(message.leaderEpoch);
  if (flexible) writer.compactString(message.metadata);
  else writer.string(message.metadata);
  writer.int64(message.commitTimestamp);
  if (version === 1) writer.int64(message.expireTimestamp);
  if (flexible) {
    const hasTopicId = message.topicId !== ZERO_UUID;
    writer.uvarint((hasTopicId ? 1 : 0));
    if (hasTopicId) {
      const start = writer.beginTaggedField(0);
      writer.uuid(message.topicId);
      writer.endTaggedField(start);
    }
  }
}

export function decodeOffsetCommitValue(reader: Reader, version: number): OffsetCommitValue {
  const flexible = version === 4;
  const offset = reader.int64();
  const leaderEpoch = version >= 3 ? reader.int32() : -1;
  const metadata = flexible ? reader.compactString() : reader.string();
  const commitTimestamp = reader.int64();
  const expireTimestamp = version === 1 ? reader.int64() : -1;
  let topicId: string = ZERO_UUID;
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          topicId = reader.uuid();
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp, topicId };
}

export const offsetCommitValueCodec: MessageCodec<OffsetCommitValue> = {
  name: 'OffsetCommitValue',
  minVersion: 0,
  maxVersion: 4,
  recordType: 1,
  encode: encodeOffsetCommitValue,
  decode: decodeOffsetCommitValue,
};
