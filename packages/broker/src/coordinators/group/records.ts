import {
  type GroupMetadataValue,
  groupMetadataKeyCodec,
  groupMetadataValueCodec,
  type MessageCodec,
  type OffsetCommitKey,
  type OffsetCommitValue,
  offsetCommitKeyCodec,
  offsetCommitValueCodec,
  Reader,
  Writer,
} from '@millrace/protocol';
import type { CoordinatorRecord } from '../runtime.ts';
import type { GroupChange } from './consumer/changes.ts';
import { decodeConsumerGroupRecord } from './consumer/records.ts';
import type { ShareGroupChange } from './share/changes.ts';
import { decodeShareGroupRecord } from './share/records.ts';
import type { StreamsGroupChange } from './streams/changes.ts';
import { decodeStreamsGroupRecord } from './streams/records.ts';

// Kafka's own formats of `__consumer_offsets`. A key begins with the type of its record in two bytes, a value with its
// version.
const OFFSET_COMMIT_OLD = 0;
const OFFSET_COMMIT = 1;
const GROUP_METADATA = 2;
const OFFSET_COMMIT_VALUE_VERSION = 3;
const GROUP_METADATA_VALUE_VERSION = 3;

export type GroupRecord =
  | { readonly kind: 'offset'; readonly key: OffsetCommitKey; readonly value: OffsetCommitValue | null }
  | { readonly kind: 'group'; readonly groupId: string; readonly value: GroupMetadataValue | null }
  | { readonly kind: 'consumer-group'; readonly groupId: string; readonly change: GroupChange }
  | { readonly kind: 'share-group'; readonly groupId: string; readonly change: ShareGroupChange }
  | { readonly kind: 'streams-group'; readonly groupId: string; readonly change: StreamsGroupChange }
  /** A record of a newer Kafka, which is left alone. */
  | { readonly kind: 'unknown' };

export function offsetRecord(key: OffsetCommitKey, value: OffsetCommitValue | null): CoordinatorRecord {
  return {
    key: encode(offsetCommitKeyCodec, OFFSET_COMMIT, 0, key),
    value:
      value === null
        ? null
        : encode(offsetCommitValueCodec, OFFSET_COMMIT_VALUE_VERSION, OFFSET_COMMIT_VALUE_VERSION, value),
  };
}

export function groupRecord(groupId: string, value: GroupMetadataValue | null): CoordinatorRecord {
  return {
    key: encode(groupMetadataKeyCodec, GROUP_METADATA, 0, { group: groupId }),
    value:
      value === null
        ? null
        : encode(groupMetadataValueCodec, GROUP_METADATA_VALUE_VERSION, GROUP_METADATA_VALUE_VERSION, value),
  };
}

export function decodeGroupRecord(record: CoordinatorRecord): GroupRecord {
  const { key, value } = record;
  const reader = new Reader(key);
  const type = reader.int16();
  switch (type) {
    case OFFSET_COMMIT_OLD:
    case OFFSET_COMMIT:
      return {
        kind: 'offset',
        key: offsetCommitKeyCodec.decode(reader, 0),
        value: value === null ? null : decodeValue(offsetCommitValueCodec, value),
      };
    case GROUP_METADATA:
      return {
        kind: 'group',
        groupId: groupMetadataKeyCodec.decode(reader, 0).group,
        value: value === null ? null : decodeValue(groupMetadataValueCodec, value),
      };
    default: {
      const ofConsumers = decodeConsumerGroupRecord(type, record);
      if (ofConsumers !== null) return { kind: 'consumer-group', ...ofConsumers };
      const ofSharers = decodeShareGroupRecord(type, record);
      if (ofSharers !== null) return { kind: 'share-group', ...ofSharers };
      const ofStreams = decodeStreamsGroupRecord(type, record);
      return ofStreams === null ? { kind: 'unknown' } : { kind: 'streams-group', ...ofStreams };
    }
  }
}

function encode<M>(codec: MessageCodec<M>, prefix: number, version: number, message: M): Uint8Array {
  const writer = new Writer();
  writer.int16(prefix);
  codec.encode(writer, version, message);
  return writer.toBytes();
}

function decodeValue<M>(codec: MessageCodec<M>, bytes: Uint8Array): M {
  const reader = new Reader(bytes);
  return codec.decode(reader, reader.int16());
}
