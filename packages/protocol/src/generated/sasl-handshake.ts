// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface SaslHandshakeRequest {
  readonly mechanism: string;
}

export function encodeSaslHandshakeRequest(writer: Writer, _version: number, message: SaslHandshakeRequest): void {
  writer.string(message.mechanism);
}

export function decodeSaslHandshakeRequest(reader: Reader, _version: number): SaslHandshakeRequest {
  const mechanism = reader.string();
  return { mechanism };
}

export interface SaslHandshakeResponse {
  readonly errorCode: number;
  readonly mechanisms: readonly string[];
}

export function encodeSaslHandshakeResponse(writer: Writer, _version: number, message: SaslHandshakeResponse): void {
  writer.int16(message.errorCode);
  const mechanisms = message.mechanisms;
  writer.listLength(mechanisms.length);
  for (const item of mechanisms) writer.string(item);
}

export function decodeSaslHandshakeResponse(reader: Reader, _version: number): SaslHandshakeResponse {
  const errorCode = reader.int16();
  const mechanismsLength = reader.listLength(2);
  const mechanisms: readonly string[] = readStringList(reader, mechanismsLength);
  return { errorCode, mechanisms };
}
