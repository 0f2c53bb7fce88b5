// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface GroupMetadataValueMemberMetadata {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeout: number;
  readonly sessionTimeout: number;
  readonly subscription: Uint8Array;
  readonly assignment: Uint8Array;
}

export const GroupMetadataValueMemberMetadataDefaults: Pick<
  GroupMetadataValueMemberMetadata,
  | 'groupInstanceId'
  | 'rebalanceTimeout'
> = Object.freeze({
  groupInstanceId: null,
  rebalanceTimeout: -1,
});

export interface GroupMetadataValue {
  readonly protocolType: string;
  readonly generation: number;
  readonly protocol: string | null;
  readonly leader: string | null;
  readonly currentStateTimestamp: number;
  readonly members: readonly GroupMetadataValueMemberMetadata[];
}

export const GroupMetadataValueDefaults: Pick<
  GroupMetadataValue,
  | 'currentStateTimestamp'
> = Object.freeze({
  currentStateTimestamp: -1,
});

function encodeGroupMetadataValueMemberMetadata(writer: Writer, version: number, message: GroupMetadataValueMemberMetadata): void {
  const flexible = version === 4;
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (version >= 3) {
    if (flexible) writer.compactNullableString(message.groupInstanceId);
    else writer.nullableString(message.groupInstanceId);
  }
  if (flexible) writer.compactString(message.clientId);
  else writer.string(message.clientId);
  if (flexible) writer.compactString(message.clientHost);
  else writer.string(message.clientHost);
  if (version >= 1) writer.int32(message.rebalanceTimeout);
  writer.int32(message.sessionTimeout);
  if (flexible) writer.compactBytes(message.subscription);
  else writer.bytes(message.subscription);
  if (flexible) writer.compactBytes(message.assignment);
  else writer.bytes(message.assignment);
  if (flexible) writer.noTaggedFields();
}

function decodeGroupMetadataValueMemberMetadata(reader: Reader, version: number): GroupMetadataValueMemberMetadata {
  const flexible = version === 4;
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  const clientId = flexible ? reader.compactString() : reader.string();
  const clientHost = flexible ? reader.compactString() : reader.string();
  const rebalanceTimeout = version >= 1 ? reader.int32() : -1;
  const sessionTimeout = reader.int32();
  const subscription = flexible ? reader.compactBytes() : reader.bytes();
  const assignment = flexible ? reader.compactBytes() : reader.bytes();
  if (flexible) reader.skipTaggedFields();
  return {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    rebalanceTimeout,
    sessionTimeout,
    subscription,
    assignment,
  };
}

function decodeGroupMetadataValueMemberMetadataList(reader: Reader, version: number, length: number): GroupMetadataValueMemberMetadata[] {
  const list: GroupMetadataValueMemberMetadata[] = [];
  for (let index = 0; index < length; index++) list.push(decodeGroupMetadataValueMemberMetadata(reader, version));
  return list;
}

export function encodeGroupMetadataValue(writer: Writer, version: number, message: GroupMetadataValue): void {
  const flexible = version === 4;
  if (flexible) writer.compactString(message.protocolType);
  else writer.string(message.protocolType);
  writer.int32(message.generation);
  if (flexible) writer.compactNullableString(message.protocol);
  else writer.nullableString(message.protocol);
  if (flexible) writer.compactNullableString(message.leader);
  else writer.nullableString(message.leader);
  if (version >= 2) writer.int64(message.currentStateTimestamp);
  const members = message.members;
  if (flexible) writer.compactListLength(members.length);
  else writer.listLength(members.length);
  for (const item of members) encodeGroupMetadataValueMemberMetadata(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeGroupMetadataValue(reader: Reader, version: number): GroupMetadataValue {
  const flexible = version === 4;
  const protocolType = flexible ? reader.compactString() : reader.string();
  const generation = reader.int32();
  const protocol = flexible ? reader.compactNullableString() : reader.nullableString();
  const leader = flexible ? reader.compactNullableString() : reader.nullableString();
  const currentStateTimestamp = version >= 2 ? reader.int64() : -1;
  const membersLength = flexible ? reader.compactListLength(15) : reader.listLength(15);
  const members: readonly GroupMetadataValueMemberMetadata[] = decodeGroupMetadataValueMemberMetadataList(reader, version, membersLength);
  if (flexible) reader.skipTaggedFields();
  return { protocolType, generation, protocol, leader, currentStateTimestamp, members };
}

export const groupMetadataValueCodec: MessageCodec<GroupMetadataValue> = {
  name: 'GroupMetadataValue',
  minVersion: 0,
  maxVersion: 4,
  recordType: 2,
  encode: encodeGroupMetadataValue,
  decode: decodeGroupMetadataValue,
};
