// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeClusterRequest {
  readonly includeClusterAuthorizedOperations: boolean;
  readonly endpointType: number;
  readonly includeFencedBrokers: boolean;
}

export const DescribeClusterRequestDefaults: Pick<
  DescribeClusterRequest,
  | 'endpointType'
  | 'includeFencedBrokers'
> = Object.freeze({
  endpointType: 1,
  includeFencedBrokers: false,
});

export function encodeDescribeClusterRequest(writer: Writer, version: number, message: DescribeClusterRequest): void {
  writer.bool(message.includeClusterAuthorizedOperations);
  if (version >= 1) {
    writer.int8(message.endpointType);
  } else if (message.endpointType !== 1) {
    throw unsupportedField('DescribeClusterRequest.endpointType', version);
  }
  if (version === 2) {
    writer.bool(message.includeFencedBrokers);
  } else if (message.includeFencedBrokers !== false) {
    throw unsupportedField('DescribeClusterRequest.includeFencedBrokers', version);
  }
  writer.noTaggedFields();
}

export function decodeDescribeClusterRequest(reader: Reader, version: number): DescribeClusterRequest {
  const includeClusterAuthorizedOperations = reader.bool();
  const endpointType = version >= 1 ? reader.int8() : 1;
  const includeFencedBrokers = version === 2 ? reader.bool() : false;
  reader.skipTaggedFields();
  return { includeClusterAuthorizedOperations, endpointType, includeFencedBrokers };
}

export interface DescribeClusterResponseDescribeClusterBroker {
  readonly brokerId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
  readonly isFenced: boolean;
}

export const DescribeClusterResponseDescribeClusterBrokerDefaults: Pick<
  DescribeClusterResponseDescribeClusterBroker,
  | 'rack'
  | 'isFenced'
> = Object.freeze({
  rack: null,
  isFenced: false,
});

export interface DescribeClusterResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly endpointType: number;
  readonly clusterId: string;
  readonly controllerId: number;
  readonly brokers: readonly DescribeClusterResponseDescribeClusterBroker[];
  readonly clusterAuthorizedOperations: number;
}

export const DescribeClusterResponseDefaults: Pick<
  DescribeClusterResponse,
  | 'errorMessage'
  | 'endpointType'
  | 'controllerId'
  | 'clusterAuthorizedOperations'
> = Object.freeze({
  errorMessage: null,
  endpointType: 1,
  controllerId: -1,
  clusterAuthorizedOperations: -2147483648,
});

function encodeDescribeClusterResponseDescribeClusterBroker(writer: Writer, version: number, message: DescribeClusterResponseDescribeClusterBroker): void {
  writer.int32(message.brokerId);
  writer.compactString(message.host);
  writer.int32(message.port);
  writer.compactNullableString(message.rack);
  if (version === 2) {
    writer.bool(message.isFenced);
  } else if (message.isFenced !== false) {
    throw unsupportedField('DescribeClusterResponseDescribeClusterBroker.isFenced', version);
  }
  writer.noTaggedFields();
}

function decodeDescribeClusterResponseDescribeClusterBroker(reader: Reader, version: number): DescribeClusterResponseDescribeClusterBroker {
  const brokerId = reader.int32();
  const host = reader.compactString();
  const port = reader.int32();
  const rack = reader.compactNullableString();
  const isFenced = version === 2 ? reader.bool() : false;
  reader.skipTaggedFields();
  return { brokerId, host, port, rack, isFenced };
}

function decodeDescribeClusterResponseDescribeClusterBrokerList(reader: Reader, version: number, length: number): DescribeClusterResponseDescribeClusterBroker[] {
  const list: DescribeClusterResponseDescribeClusterBroker[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeClusterResponseDescribeClusterBroker(reader, version));
  return list;
}

export function encodeDescribeClusterResponse(writer: Writer, version: number, message: DescribeClusterResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  if (version >= 1) {
    writer.int8(message.endpointType);
  } else if (message.endpointType !== 1) {
    throw unsupportedField('DescribeClusterResponse.endpointType', version);
  }
  writer.compactString(message.clusterId);
  writer.int32(message.controllerId);
  const brokers = message.brokers;
  writer.compactListLength(brokers.length);
  for (const item of brokers) encodeDescribeClusterResponseDescribeClusterBroker(writer, version, item);
  writer.int32(message.clusterAuthorizedOperations);
  writer.noTaggedFields();
}

export function decodeDescribeClusterResponse(reader: Reader, version: number): DescribeClusterResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const endpointType = version >= 1 ? reader.int8() : 1;
  const clusterId = reader.compactString();
  const controllerId = reader.int32();
  const brokersLength = reader.compactListLength(11);
  const brokers: readonly DescribeClusterResponseDescribeClusterBroker[] = decodeDescribeClusterResponseDescribeClusterBrokerList(reader, version, brokersLength);
  const clusterAuthorizedOperations = reader.int32();
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    endpointType,
    clusterId,
    controllerId,
    brokers,
    clusterAuthorizedOperations,
  };
}
