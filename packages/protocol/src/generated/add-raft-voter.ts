// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AddRaftVoterRequestListener {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface AddRaftVoterRequest {
  readonly clusterId: string | null;
  readonly timeoutMs: number;
  readonly voterId: number;
  readonly voterDirectoryId: string;
  readonly listeners: readonly AddRaftVoterRequestListener[];
  readonly ackWhenCommitted: boolean;
}

export const AddRaftVoterRequestDefaults: Pick<
  AddRaftVoterRequest,
  | 'ackWhenCommitted'
> = Object.freeze({
  ackWhenCommitted: true,
});

function encodeAddRaftVoterRequestListener(writer: Writer, _version: number, message: AddRaftVoterRequestListener): void {
  writer.compactString(message.name);
  writer.compactString(message.host);
  writer.uint16(message.port);
  writer.noTaggedFields();
}

function decodeAddRaftVoterRequestListener(reader: Reader, _version: number): AddRaftVoterRequestListener {
  const name = reader.compactString();
  const host = reader.compactString();
  const port = reader.uint16();
  reader.skipTaggedFields();
  return { name, host, port };
}

function decodeAddRaftVoterRequestListenerList(reader: Reader, version: number, length: number): AddRaftVoterRequestListener[] {
  const list: AddRaftVoterRequestListener[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAddRaftVoterRequestListener(reader, version));
  return list;
}

export function encodeAddRaftVoterRequest(writer: Writer, version: number, message: AddRaftVoterRequest): void {
  writer.compactNullableString(message.clusterId);
  writer.int32(message.timeoutMs);
  writer.int32(message.voterId);
  writer.uuid(message.voterDirectoryId);
  const listeners = message.listeners;
  writer.compactListLength(listeners.length);
  for (const item of listeners) encodeAddRaftVoterRequestListener(writer, version, item);
  if (version === 1) {
    writer.bool(message.ackWhenCommitted);
  } else if (message.ackWhenCommitted !== true) {
    throw unsupportedField('AddRaftVoterRequest.ackWhenCommitted', version);
  }
  writer.noTaggedFields();
}

export function decodeAddRaftVoterRequest(reader: Reader, version: number): AddRaftVoterRequest {
  const clusterId = reader.compactNullableString();
  const timeoutMs = reader.int32();
  const voterId = reader.int32();
  const voterDirectoryId = reader.uuid();
  const listenersLength = reader.compactListLength(5);
  const listeners: readonly AddRaftVoterRequestListener[] = decodeAddRaftVoterRequestListenerList(reader, version, listenersLength);
  const ackWhenCommitted = version === 1 ? reader.bool() : true;
  reader.skipTaggedFields();
  return { clusterId, timeoutMs, voterId, voterDirectoryId, listeners, ackWhenCommitted };
}

export interface AddRaftVoterResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const AddRaftVoterResponseDefaults: Pick<
  AddRaftVoterResponse,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: '',
});

export function encodeAddRaftVoterResponse(writer: Writer, _version: number, message: AddRaftVoterResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

export function decodeAddRaftVoterResponse(reader: Reader, _version: number): AddRaftVoterResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage };
}
