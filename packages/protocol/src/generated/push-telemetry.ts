// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface PushTelemetryRequest {
  readonly clientInstanceId: string;
  readonly subscriptionId: number;
  readonly terminating: boolean;
  readonly compressionType: number;
  readonly metrics: Uint8Array;
}

export function encodePushTelemetryRequest(writer: Writer, _version: number, message: PushTelemetryRequest): void {
  writer.uuid(message.clientInstanceId);
  writer.int32(message.subscriptionId);
  writer.bool(message.terminating);
  writer.int8(message.compressionType);
  writer.compactBytes(message.metrics);
  writer.noTaggedFields();
}

export function decodePushTelemetryRequest(reader: Reader, _version: number): PushTelemetryRequest {
  const clientInstanceId = reader.uuid();
  const subscriptionId = reader.int32();
  const terminating = reader.bool();
  const compressionType = reader.int8();
  const metrics = reader.compactBytes();
  reader.skipTaggedFields();
  return { clientInstanceId, subscriptionId, terminating, compressionType, metrics };
}

export interface PushTelemetryResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
}

export function encodePushTelemetryResponse(writer: Writer, _version: number, message: PushTelemetryResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.noTaggedFields();
}

export function decodePushTelemetryResponse(reader: Reader, _version: number): PushTelemetryResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode };
}
