// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeUserScramCredentialsRequestUserName {
  readonly name: string;
}

export interface DescribeUserScramCredentialsRequest {
  readonly users: readonly DescribeUserScramCredentialsRequestUserName[] | null;
}

function encodeDescribeUserScramCredentialsRequestUserName(writer: Writer, _version: number, message: DescribeUserScramCredentialsRequestUserName): void {
  writer.compactString(message.name);
  writer.noTaggedFields();
}

function decodeDescribeUserScramCredentialsRequestUserName(reader: Reader, _version: number): DescribeUserScramCredentialsRequestUserName {
  const name = reader.compactString();
  reader.skipTaggedFields();
  return { name };
}

function decodeDescribeUserScramCredentialsRequestUserNameList(reader: Reader, version: number, length: number): DescribeUserScramCredentialsRequestUserName[] {
  const list: DescribeUserScramCredentialsRequestUserName[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeUserScramCredentialsRequestUserName(reader, version));
  return list;
}

export function encodeDescribeUserScramCredentialsRequest(writer: Writer, version: number, message: DescribeUserScramCredentialsRequest): void {
  const users = message.users;
  writer.compactListLength(users === null ? -1 : users.length);
  if (users !== null) for (const item of users) encodeDescribeUserScramCredentialsRequestUserName(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeUserScramCredentialsRequest(reader: Reader, version: number): DescribeUserScramCredentialsRequest {
  const usersLength = reader.compactNullableListLength(2);
  const users: readonly DescribeUserScramCredentialsRequestUserName[] | null = usersLength < 0 ? null : decodeDescribeUserScramCredentialsRequestUserNameList(reader, version, usersLength);
  reader.skipTaggedFields();
  return { users };
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  readonly mechanism: number;
  readonly iterations: number;
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  readonly user: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly credentialInfos: readonly DescribeUserScramCredentialsResponseCredentialInfo[];
}

export interface DescribeUserScramCredentialsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly results: readonly DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[];
}

function encodeDescribeUserScramCredentialsResponseCredentialInfo(writer: Writer, _version: number, message: DescribeUserScramCredentialsResponseCredentialInfo): void {
  writer.int8(message.mechanism);
  writer.int32(message.iterations);
  writer.noTaggedFields();
}

function decodeDescribeUserScramCredentialsResponseCredentialInfo(reader: Reader, _version: number): DescribeUserScramCredentialsResponseCredentialInfo {
  const mechanism = reader.int8();
  const iterations = reader.int32();
  reader.skipTaggedFields();
  return { mechanism, iterations };
}

function decodeDescribeUserScramCredentialsResponseCredentialInfoList(reader: Reader, version: number, length: number): DescribeUserScramCredentialsResponseCredentialInfo[] {
  const list: DescribeUserScramCredentialsResponseCredentialInfo[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeUserScramCredentialsResponseCredentialInfo(reader, version));
  return list;
}

function encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(writer: Writer, version: number, message: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult): void {
  writer.compactString(message.user);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  const credentialInfos = message.credentialInfos;
  writer.compactListLength(credentialInfos.length);
  for (const item of credentialInfos) encodeDescribeUserScramCredentialsResponseCredentialInfo(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(reader: Reader, version: number): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  const user = reader.compactString();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const credentialInfosLength = reader.compactListLength(6);
  const credentialInfos: readonly DescribeUserScramCredentialsResponseCredentialInfo[] = decodeDescribeUserScramCredentialsResponseCredentialInfoList(reader, version, credentialInfosLength);
  reader.skipTaggedFields();
  return { user, errorCode, errorMessage, credentialInfos };
}

function decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultList(reader: Reader, version: number, length: number): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] {
  const list: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(reader, version));
  return list;
}

export function encodeDescribeUserScramCredentialsResponse(writer: Writer, version: number, message: DescribeUserScramCredentialsResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  const results = message.results;
  writer.compactListLength(results.length);
  for (const item of results) encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeUserScramCredentialsResponse(reader: Reader, version: number): DescribeUserScramCredentialsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const resultsLength = reader.compactListLength(6);
  const results: readonly DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultList(reader, version, resultsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, results };
}
