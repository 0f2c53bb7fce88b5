// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupTopologyKey {
  readonly groupId: string;
}

export function encodeStreamsGroupTopologyKey(writer: Writer, _version: number, message: StreamsGroupTopologyKey): void {
  writer.string(message.groupId);
}

export function decodeStreamsGroupTopologyKey(reader: Reader, _version: number): StreamsGroupTopologyKey {
  const groupId = reader.string();
  return { groupId };
}

export const streamsGroupTopologyKeyCodec: MessageCodec<StreamsGroupTopologyKey> = {
  name: 'StreamsGroupTopologyKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 23,
  encode: encodeStreamsGroupTopologyKey,
  decode: decodeStreamsGroupTopologyKey,
};
