// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface RemoveRaftVoterRequest {
  readonly clusterId: string | null;
  readonly voterId: number;
  readonly voterDirectoryId: string;
}

export function encodeRemoveRaftVoterRequest(writer: Writer, _version: number, message: RemoveRaftVoterRequest): void {
  writer.compactNullableString(message.clusterId);
  writer.int32(message.voterId);
  writer.uuid(message.voterDirectoryId);
  writer.noTaggedFields();
}

export function decodeRemoveRaftVoterRequest(reader: Reader, _version: number): RemoveRaftVoterRequest {
  const clusterId = reader.compactNullableString();
  const voterId = reader.int32();
  const voterDirectoryId = reader.uuid();
  reader.skipTaggedFields();
  return { clusterId, voterId, voterDirectoryId };
}

export interface RemoveRaftVoterResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const RemoveRaftVoterResponseDefaults: Pick<
  RemoveRaftVoterResponse,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: '',
});

export function encodeRemoveRaftVoterResponse(writer: Writer, _version: number, message: RemoveRaftVoterResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

export function decodeRemoveRaftVoterResponse(reader: Reader, _version: number): RemoveRaftVoterResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage };
}
