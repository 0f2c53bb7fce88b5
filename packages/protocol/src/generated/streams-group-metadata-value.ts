// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupMetadataValueLastAssignmentConfig {
  readonly key: string;
  readonly value: string;
}

export interface StreamsGroupMetadataValue {
  readonly epoch: number;
  readonly metadataHash: number;
  readonly validatedTopologyEpoch: number;
  readonly lastAssignmentConfigs: readonly StreamsGroupMetadataValueLastAssignmentConfig[] | null;
}

export const StreamsGroupMetadataValueDefaults: Pick<
  StreamsGroupMetadataValue,
  | 'validatedTopologyEpoch'
  | 'lastAssignmentConfigs'
> = Object.freeze({
  validatedTopologyEpoch: -1,
  lastAssignmentConfigs: Object.freeze([]),
});

function encodeStreamsGroupMetadataValueLastAssignmentConfig(writer: Writer, _version: number, message: StreamsGroupMetadataValueLastAssignmentConfig): void {
  writer.compactString(message.key);
  writer.compactString(message.value);
  writer.noTaggedFields();
}

function decodeStreamsGroupMetadataValueLastAssignmentConfig(reader: Reader, _version: number): StreamsGroupMetadataValueLastAssignmentConfig {
  const key = reader.compactString();
  const value = reader.compactString();
  reader.skipTaggedFields();
  return { key, value };
}

function decodeStreamsGroupMetadataValueLastAssignmentConfigList(reader: Reader, version: number, length: number): StreamsGroupMetadataValueLastAssignmentConfig[] {
  const list: StreamsGroupMetadataValueLastAssignmentConfig[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupMetadataValueLastAssignmentConfig(reader, version));
  return list;
}

export function encodeStreamsGroupMetadataValue(writer: Writer, version: number, message: StreamsGroupMetadataValue): void {
  writer.int32(message.epoch);
  writer.int64(message.metadataHash);
  const hasValidatedTopologyEpoch = message.validatedTopologyEpoch !== -1;
  const hasLastAssignmentConfigs = (message.lastAssignmentConfigs === null || message.lastAssignmentConfigs.length !== 0);
  writer.uvarint((hasValidatedTopologyEpoch ? 1 : 0) + (hasLastAssignmentConfigs ? 1 : 0));
  if (hasValidatedTopologyEpoch) {
    const start = writer.beginTaggedField(0);
    writer.int32(message.validatedTopologyEpoch);
    writer.endTaggedField(start);
  }
  if (hasLastAssignmentConfigs) {
    const start = writer.beginTaggedField(1);
    const lastAssignmentConfigs = message.lastAssignmentConfigs;
    writer.compactListLength(lastAssignmentConfigs === null ? -1 : lastAssignmentConfigs.length);
    if (lastAssignmentConfigs !== null) for (const item of lastAssignmentConfigs) encodeStreamsGroupMetadataValueLastAssignmentConfig(writer, version, item);
    writer.endTaggedField(start);
  }
}

export function decodeStreamsGroupMetadataValue(reader: Reader, version: number): StreamsGroupMetadataValue {
  const epoch = reader.int32();
  const metadataHash = reader.int64();
  let validatedTopologyEpoch: number = -1;
  let lastAssignmentConfigs: readonly StreamsGroupMetadataValueLastAssignmentConfig[] | null = [];
  for (let tags = reader.uvarint(); tags > 0; tags--) {
    const tag = reader.uvarint();
    const end = reader.taggedFieldEnd();
    switch (tag) {
      case 0: {
        validatedTopologyEpoch = reader.int32();
        break;
      }
      case 1: {
        const lastAssignmentConfigsLength = reader.compactNullableListLength(3);
        lastAssignmentConfigs = lastAssignmentConfigsLength < 0 ? null : decodeStreamsGroupMetadataValueLastAssignmentConfigList(reader, version, lastAssignmentConfigsLength);
        break;
      }
      default:
        reader.skipTo(end);
    }
    reader.expectPosition(end);
  }
  return { epoch, metadataHash, validatedTopologyEpoch, lastAssignmentConfigs };
}

export const streamsGroupMetadataValueCodec: MessageCodec<StreamsGroupMetadataValue> = {
  name: 'StreamsGroupMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 17,
  encode: encodeStreamsGroupMetadataValue,
  decode: decodeStreamsGroupMetadataValue,
};
