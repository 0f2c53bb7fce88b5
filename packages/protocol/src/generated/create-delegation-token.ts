// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface CreateDelegationTokenRequestCreatableRenewers {
  readonly principalType: string;
  readonly principalName: string;
}

export interface CreateDelegationTokenRequest {
  readonly ownerPrincipalType: string | null;
  readonly ownerPrincipalName: string | null;
  readonly renewers: readonly CreateDelegationTokenRequestCreatableRenewers[];
  readonly maxLifetimeMs: number;
}

export const CreateDelegationTokenRequestDefaults: Pick<
  CreateDelegationTokenRequest,
  | 'ownerPrincipalType'
  | 'ownerPrincipalName'
> = Object.freeze({
  ownerPrincipalType: '',
  ownerPrincipalName: '',
});

function encodeCreateDelegationTokenRequestCreatableRenewers(writer: Writer, version: number, message: CreateDelegationTokenRequestCreatableRenewers): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.principalType);
  else writer.string(message.principalType);
  if (flexible) writer.compactString(message.principalName);
  else writer.string(message.principalName);
  if (flexible) writer.noTaggedFields();
}

function decodeCreateDelegationTokenRequestCreatableRenewers(reader: Reader, version: number): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2;
  const principalType = flexible ? reader.compactString() : reader.string();
  const principalName = flexible ? reader.compactString() : reader.string();
  if (flexible) reader.skipTaggedFields();
  return { principalType, principalName };
}

function decodeCreateDelegationTokenRequestCreatableRenewersList(reader: Reader, version: number, length: number): CreateDelegationTokenRequestCreatableRenewers[] {
  const list: CreateDelegationTokenRequestCreatableRenewers[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateDelegationTokenRequestCreatableRenewers(reader, version));
  return list;
}

export function encodeCreateDelegationTokenRequest(writer: Writer, version: number, message: CreateDelegationTokenRequest): void {
  const flexible = version >= 2;
  if (version === 3) {
    writer.compactNullableString(message.ownerPrincipalType);
  } else if (message.ownerPrincipalType !== '') {
    throw unsupportedField('CreateDelegationTokenRequest.ownerPrincipalType', version);
  }
  if (version === 3) {
    writer.compactNullableString(message.ownerPrincipalName);
  } else if (message.ownerPrincipalName !== '') {
    throw unsupportedField('CreateDelegationTokenRequest.ownerPrincipalName', version);
  }
  const renewers = message.renewers;
  if (flexible) writer.compactListLength(renewers.length);
  else writer.listLength(renewers.length);
  for (const item of renewers) encodeCreateDelegationTokenRequestCreatableRenewers(writer, version, item);
  writer.int64(message.maxLifetimeMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreateDelegationTokenRequest(reader: Reader, version: number): CreateDelegationTokenRequest {
  const flexible = version >= 2;
  const ownerPrincipalType = version === 3 ? reader.compactNullableString() : '';
  const ownerPrincipalName = version === 3 ? reader.compactNullableString() : '';
  const renewersLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const renewers: readonly CreateDelegationTokenRequestCreatableRenewers[] = decodeCreateDelegationTokenRequestCreatableRenewersList(reader, version, renewersLength);
  const maxLifetimeMs = reader.int64();
  if (flexible) reader.skipTaggedFields();
  return { ownerPrincipalType, ownerPrincipalName, renewers, maxLifetimeMs };
}

export interface CreateDelegationTokenResponse {
  readonly errorCode: number;
  readonly principalType: string;
  readonly principalName: string;
  readonly tokenRequesterPrincipalType: string;
  readonly tokenRequesterPrincipalName: string;
  readonly issueTimestampMs: number;
  readonly expiryTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly tokenId: string;
  readonly hmac: Uint8Array;
  readonly throttleTimeMs: number;
}

export const CreateDelegationTokenResponseDefaults: Pick<
  CreateDelegationTokenResponse,
  | 'tokenRequesterPrincipalType'
  | 'tokenRequesterPrincipalName'
> = Object.freeze({
  tokenRequesterPrincipalType: '',
  tokenRequesterPrincipalName: '',
});

export function encodeCreateDelegationTokenResponse(writer: Writer, version: number, message: CreateDelegationTokenResponse): void {
  const flexible = version >= 2;
  writer.int16(message.errorCode);
  if (flexible) writer.compactString(message.principalType);
  else writer.string(message.principalType);
  if (flexible) writer.compactString(message.principalName);
  else writer.string(message.principalName);
  if (version === 3) {
    writer.compactString(message.tokenRequesterPrincipalType);
  } else if (message.tokenRequesterPrincipalType !== '') {
    throw unsupportedField('CreateDelegationTokenResponse.tokenRequesterPrincipalType', version);
  }
  if (version === 3) {
    writer.compactString(message.tokenRequesterPrincipalName);
  } else if (message.tokenRequesterPrincipalName !== '') {
    throw unsupportedField('CreateDelegationTokenResponse.tokenRequesterPrincipalName', version);
  }
  writer.int64(message.issueTimestampMs);
  writer.int64(message.expiryTimestampMs);
  writer.int64(message.maxTimestampMs);
  if (flexible) writer.compactString(message.tokenId);
  else writer.string(message.tokenId);
  if (flexible) writer.compactBytes(message.hmac);
  else writer.bytes(message.hmac);
  writer.int32(message.throttleTimeMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreateDelegationTokenResponse(reader: Reader, version: number): CreateDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const principalType = flexible ? reader.compactString() : reader.string();
  const principalName = flexible ? reader.compactString() : reader.string();
  const tokenRequesterPrincipalType = version === 3 ? reader.compactString() : '';
  const tokenRequesterPrincipalName = version === 3 ? reader.compactString() : '';
  const issueTimestampMs = reader.int64();
  const expiryTimestampMs = reader.int64();
  const maxTimestampMs = reader.int64();
  const tokenId = flexible ? reader.compactString() : reader.string();
  const hmac = flexible ? reader.compactBytes() : reader.bytes();
  const throttleTimeMs = reader.int32();
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestampMs,
    expiryTimestampMs,
    maxTimestampMs,
    tokenId,
    hmac,
    throttleTimeMs,
  };
}
