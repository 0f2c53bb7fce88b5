// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  readonly principalType: string;
  readonly principalName: string;
}

export interface DescribeDelegationTokenRequest {
  readonly owners: readonly DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null;
}

function encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(writer: Writer, version: number, message: DescribeDelegationTokenRequestDescribeDelegationTokenOwner): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.principalType);
  else writer.string(message.principalType);
  if (flexible) writer.compactString(message.principalName);
  else writer.string(message.principalName);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(reader: Reader, version: number): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  const flexible = version >= 2;
  const principalType = flexible ? reader.compactString() : reader.string();
  const principalName = flexible ? reader.compactString() : reader.string();
  if (flexible) reader.skipTaggedFields();
  return { principalType, principalName };
}

function decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwnerList(reader: Reader, version: number, length: number): DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] {
  const list: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(reader, version));
  return list;
}

export function encodeDescribeDelegationTokenRequest(writer: Writer, version: number, message: DescribeDelegationTokenRequest): void {
  const flexible = version >= 2;
  const owners = message.owners;
  if (flexible) writer.compactListLength(owners === null ? -1 : owners.length);
  else writer.listLength(owners === null ? -1 : owners.length);
  if (owners !== null) for (const item of owners) encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeDelegationTokenRequest(reader: Reader, version: number): DescribeDelegationTokenRequest {
  const flexible = version >= 2;
  const ownersLength = flexible ? reader.compactNullableListLength(3) : reader.nullableListLength(3);
  const owners: readonly DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null = ownersLength < 0 ? null : decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwnerList(reader, version, ownersLength);
  if (flexible) reader.skipTaggedFields();
  return { owners };
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  readonly principalType: string;
  readonly principalName: string;
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  readonly principalType: string;
  readonly principalName: string;
  readonly tokenRequesterPrincipalType: string;
  readonly tokenRequesterPrincipalName: string;
  readonly issueTimestamp: number;
  readonly expiryTimestamp: number;
  readonly maxTimestamp: number;
  readonly tokenId: string;
  readonly hmac: Uint8Array;
  readonly renewers: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[];
}

export const DescribeDelegationTokenResponseDescribedDelegationTokenDefaults: Pick<
  DescribeDelegationTokenResponseDescribedDelegationToken,
  | 'tokenRequesterPrincipalType'
  | 'tokenRequesterPrincipalName'
> = Object.freeze({
  tokenRequesterPrincipalType: '',
  tokenRequesterPrincipalName: '',
});

export interface DescribeDelegationTokenResponse {
  readonly errorCode: number;
  readonly tokens: readonly DescribeDelegationTokenResponseDescribedDelegationToken[];
  readonly throttleTimeMs: number;
}

function encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer: Writer, version: number, message: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.principalType);
  else writer.string(message.principalType);
  if (flexible) writer.compactString(message.principalName);
  else writer.string(message.principalName);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  const flexible = version >= 2;
  const principalType = flexible ? reader.compactString() : reader.string();
  const principalName = flexible ? reader.compactString() : reader.string();
  if (flexible) reader.skipTaggedFields();
  return { principalType, principalName };
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerList(reader: Reader, version: number, length: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] {
  const list: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader, version));
  return list;
}

function encodeDescribeDelegationTokenResponseDescribedDelegationToken(writer: Writer, version: number, message: DescribeDelegationTokenResponseDescribedDelegationToken): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.principalType);
  else writer.string(message.principalType);
  if (flexible) writer.compactString(message.principalName);
  else writer.string(message.principalName);
  if (version === 3) {
    writer.compactString(message.tokenRequesterPrincipalType);
  } else if (message.tokenRequesterPrincipalType !== '') {
    throw unsupportedField('DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalType', version);
  }
  if (version === 3) {
    writer.compactString(message.tokenRequesterPrincipalName);
  } else if (message.tokenRequesterPrincipalName !== '') {
    throw unsupportedField('DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalName', version);
  }
  writer.int64(message.issueTimestamp);
  writer.int64(message.expiryTimestamp);
  writer.int64(message.maxTimestamp);
  if (flexible) writer.compactString(message.tokenId);
  else writer.string(message.tokenId);
  if (flexible) writer.compactBytes(message.hmac);
  else writer.bytes(message.hmac);
  const renewers = message.renewers;
  if (flexible) writer.compactListLength(renewers.length);
  else writer.listLength(renewers.length);
  for (const item of renewers) encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeDelegationTokenResponseDescribedDelegationToken(reader: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2;
  const principalType = flexible ? reader.compactString() : reader.string();
  const principalName = flexible ? reader.compactString() : reader.string();
  const tokenRequesterPrincipalType = version === 3 ? reader.compactString() : '';
  const tokenRequesterPrincipalName = version === 3 ? reader.compactString() : '';
  const issueTimestamp = reader.int64();
  const expiryTimestamp = reader.int64();
  const maxTimestamp = reader.int64();
  const tokenId = flexible ? reader.compactString() : reader.string();
  const hmac = flexible ? reader.compactBytes() : reader.bytes();
  const renewersLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const renewers: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerList(reader, version, renewersLength);
  if (flexible) reader.skipTaggedFields();
  return {
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestamp,
    expiryTimestamp,
    maxTimestamp,
    tokenId,
    hmac,
    renewers,
  };
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenList(reader: Reader, version: number, length: number): DescribeDelegationTokenResponseDescribedDelegationToken[] {
  const list: DescribeDelegationTokenResponseDescribedDelegationToken[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeDelegationTokenResponseDescribedDelegationToken(reader, version));
  return list;
}

export function encodeDescribeDelegationTokenResponse(writer: Writer, version: number, message: DescribeDelegationTokenResponse): void {
  const flexible = version >= 2;
  writer.int16(message.errorCode);
  const tokens = message.tokens;
  if (flexible) writer.compactListLength(tokens.length);
  else writer.listLength(tokens.length);
  for (const item of tokens) encodeDescribeDelegationTokenResponseDescribedDelegationToken(writer, version, item);
  writer.int32(message.throttleTimeMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeDelegationTokenResponse(reader: Reader, version: number): DescribeDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const tokensLength = flexible ? reader.compactListLength(30) : reader.listLength(30);
  const tokens: readonly DescribeDelegationTokenResponseDescribedDelegationToken[] = decodeDescribeDelegationTokenResponseDescribedDelegationTokenList(reader, version, tokensLength);
  const throttleTimeMs = reader.int32();
  if (flexible) reader.skipTaggedFields();
  return { errorCode, tokens, throttleTimeMs };
}
