// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  readonly name: string;
  readonly mechanism: number;
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  readonly name: string;
  readonly mechanism: number;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly saltedPassword: Uint8Array;
}

export interface AlterUserScramCredentialsRequest {
  readonly deletions: readonly AlterUserScramCredentialsRequestScramCredentialDeletion[];
  readonly upsertions: readonly AlterUserScramCredentialsRequestScramCredentialUpsertion[];
}

function encodeAlterUserScramCredentialsRequestScramCredentialDeletion(writer: Writer, _version: number, message: AlterUserScramCredentialsRequestScramCredentialDeletion): void {
  writer.compactString(message.name);
  writer.int8(message.mechanism);
  writer.noTaggedFields();
}

function decodeAlterUserScramCredentialsRequestScramCredentialDeletion(reader: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const name = reader.compactString();
  const mechanism = reader.int8();
  reader.skipTaggedFields();
  return { name, mechanism };
}

function decodeAlterUserScramCredentialsRequestScramCredentialDeletionList(reader: Reader, version: number, length: number): AlterUserScramCredentialsRequestScramCredentialDeletion[] {
  const list: AlterUserScramCredentialsRequestScramCredentialDeletion[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterUserScramCredentialsRequestScramCredentialDeletion(reader, version));
  return list;
}

function encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer: Writer, _version: number, message: AlterUserScramCredentialsRequestScramCredentialUpsertion): void {
  writer.compactString(message.name);
  writer.int8(message.mechanism);
  writer.int32(message.iterations);
  writer.compactBytes(message.salt);
  writer.compactBytes(message.saltedPassword);
  writer.noTaggedFields();
}

function decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(reader: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const name = reader.compactString();
  const mechanism = reader.int8();
  const iterations = reader.int32();
  const salt = reader.compactBytes();
  const saltedPassword = reader.compactBytes();
  reader.skipTaggedFields();
  return { name, mechanism, iterations, salt, saltedPassword };
}

function decodeAlterUserScramCredentialsRequestScramCredentialUpsertionList(reader: Reader, version: number, length: number): AlterUserScramCredentialsRequestScramCredentialUpsertion[] {
  const list: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(reader, version));
  return list;
}

export function encodeAlterUserScramCredentialsRequest(writer: Writer, version: number, message: AlterUserScramCredentialsRequest): void {
  const deletions = message.deletions;
  writer.compactListLength(deletions.length);
  for (const item of deletions) encodeAlterUserScramCredentialsRequestScramCredentialDeletion(writer, version, item);
  const upsertions = message.upsertions;
  writer.compactListLength(upsertions.length);
  for (const item of upsertions) encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer, version, item);
  writer.noTaggedFields();
}

export function decodeAlterUserScramCredentialsRequest(reader: Reader, version: number): AlterUserScramCredentialsRequest {
  const deletionsLength = reader.compactListLength(3);
  const deletions: readonly AlterUserScramCredentialsRequestScramCredentialDeletion[] = decodeAlterUserScramCredentialsRequestScramCredentialDeletionList(reader, version, deletionsLength);
  const upsertionsLength = reader.compactListLength(9);
  const upsertions: readonly AlterUserScramCredentialsRequestScramCredentialUpsertion[] = decodeAlterUserScramCredentialsRequestScramCredentialUpsertionList(reader, version, upsertionsLength);
  reader.skipTaggedFields();
  return { deletions, upsertions };
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  readonly user: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface AlterUserScramCredentialsResponse {
  readonly throttleTimeMs: number;
  readonly results: readonly AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[];
}

function encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(writer: Writer, _version: number, message: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult): void {
  writer.compactString(message.user);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(reader: Reader, _version: number): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  const user = reader.compactString();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { user, errorCode, errorMessage };
}

function decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResultList(reader: Reader, version: number, length: number): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] {
  const list: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(reader, version));
  return list;
}

export function encodeAlterUserScramCredentialsResponse(writer: Writer, version: number, message: AlterUserScramCredentialsResponse): void {
  writer.int32(message.throttleTimeMs);
  const results = message.results;
  writer.compactListLength(results.length);
  for (const item of results) encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(writer, version, item);
  writer.noTaggedFields();
}

export function decodeAlterUserScramCredentialsResponse(reader: Reader, version: number): AlterUserScramCredentialsResponse {
  const throttleTimeMs = reader.int32();
  const resultsLength = reader.compactListLength(5);
  const results: readonly AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResultList(reader, version, resultsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, results };
}
