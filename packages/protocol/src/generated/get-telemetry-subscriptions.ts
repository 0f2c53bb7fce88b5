// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readInt8List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface GetTelemetrySubscriptionsRequest {
  readonly clientInstanceId: string;
}

export function encodeGetTelemetrySubscriptionsRequest(writer: Writer, _version: number, message: GetTelemetrySubscriptionsRequest): void {
  writer.uuid(message.clientInstanceId);
  writer.noTaggedFields();
}

export function decodeGetTelemetrySubscriptionsRequest(reader: Reader, _version: number): GetTelemetrySubscriptionsRequest {
  const clientInstanceId = reader.uuid();
  reader.skipTaggedFields();
  return { clientInstanceId };
}

export interface GetTelemetrySubscriptionsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly clientInstanceId: string;
  readonly subscriptionId: number;
  readonly acceptedCompressionTypes: readonly number[];
  readonly pushIntervalMs: number;
  readonly telemetryMaxBytes: number;
  readonly deltaTemporality: boolean;
  readonly requestedMetrics: readonly string[];
}

export function encodeGetTelemetrySubscriptionsResponse(writer: Writer, _version: number, message: GetTelemetrySubscriptionsResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.uuid(message.clientInstanceId);
  writer.int32(message.subscriptionId);
  const acceptedCompressionTypes = message.acceptedCompressionTypes;
  writer.compactListLength(acceptedCompressionTypes.length);
  for (const item of acceptedCompressionTypes) writer.int8(item);
  writer.int32(message.pushIntervalMs);
  writer.int32(message.telemetryMaxBytes);
  writer.bool(message.deltaTemporality);
  const requestedMetrics = message.requestedMetrics;
  writer.compactListLength(requestedMetrics.length);
  for (const item of requestedMetrics) writer.compactString(item);
  writer.noTaggedFields();
}

export function decodeGetTelemetrySubscriptionsResponse(reader: Reader, _version: number): GetTelemetrySubscriptionsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const clientInstanceId = reader.uuid();
  const subscriptionId = reader.int32();
  const acceptedCompressionTypesLength = reader.compactListLength(1);
  const acceptedCompressionTypes: readonly number[] = readInt8List(reader, acceptedCompressionTypesLength);
  const pushIntervalMs = reader.int32();
  const telemetryMaxBytes = reader.int32();
  const deltaTemporality = reader.bool();
  const requestedMetricsLength = reader.compactListLength(1);
  const requestedMetrics: readonly string[] = readCompactStringList(reader, requestedMetricsLength);
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    clientInstanceId,
    subscriptionId,
    acceptedCompressionTypes,
    pushIntervalMs,
    telemetryMaxBytes,
    deltaTemporality,
    requestedMetrics,
  };
}
