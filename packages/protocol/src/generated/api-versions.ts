// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ApiVersionsRequest {
  readonly clientSoftwareName: string;
  readonly clientSoftwareVersion: string;
}

export const ApiVersionsRequestDefaults: ApiVersionsRequest = Object.freeze({
  clientSoftwareName: '',
  clientSoftwareVersion: '',
});

export function encodeApiVersionsRequest(writer: Writer, version: number, message: ApiVersionsRequest): void {
  const flexible = version >= 3;
  if (version >= 3) writer.compactString(message.clientSoftwareName);
  if (version >= 3) writer.compactString(message.clientSoftwareVersion);
  if (flexible) writer.noTaggedFields();
}

export function decodeApiVersionsRequest(reader: Reader, version: number): ApiVersionsRequest {
  const clientSoftwareName = version >= 3 ? reader.compactString() : '';
  const clientSoftwareVersion = version >= 3 ? reader.compactString() : '';
  if (version >= 3) reader.skipTaggedFields();
  return { clientSoftwareName, clientSoftwareVersion };
}

export interface ApiVersionsResponseApiVersion {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

export interface ApiVersionsResponseSupportedFeatureKey {
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
}

export interface ApiVersionsResponseFinalizedFeatureKey {
  readonly name: string;
  readonly maxVersionLevel: number;
  readonly minVersionLevel: number;
}

export interface ApiVersionsResponse {
  readonly errorCode: number;
  readonly apiKeys: readonly ApiVersionsResponseApiVersion[];
  readonly throttleTimeMs: number;
  readonly supportedFeatures: readonly ApiVersionsResponseSupportedFeatureKey[];
  readonly finalizedFeaturesEpoch: number;
  readonly finalizedFeatures: readonly ApiVersionsResponseFinalizedFeatureKey[];
  readonly zkMigrationReady: boolean;
}

export const ApiVersionsResponseDefaults: Pick<
  ApiVersionsResponse,
  | 'throttleTimeMs'
  | 'supportedFeatures'
  | 'finalizedFeaturesEpoch'
  | 'finalizedFeatures'
  | 'zkMigrationReady'
> = Object.freeze({
  throttleTimeMs: 0,
  supportedFeatures: Object.freeze([]),
  finalizedFeaturesEpoch: -1,
  finalizedFeatures: Object.freeze([]),
  zkMigrationReady: false,
});

function encodeApiVersionsResponseApiVersion(writer: Writer, version: number, message: ApiVersionsResponseApiVersion): void {
  const flexible = version >= 3;
  writer.int16(message.apiKey);
  writer.int16(message.minVersion);
  writer.int16(message.maxVersion);
  if (flexible) writer.noTaggedFields();
}

function decodeApiVersionsResponseApiVersion(reader: Reader, version: number): ApiVersionsResponseApiVersion {
  const apiKey = reader.int16();
  const minVersion = reader.int16();
  const maxVersion = reader.int16();
  if (version >= 3) reader.skipTaggedFields();
  return { apiKey, minVersion, maxVersion };
}

function decodeApiVersionsResponseApiVersionList(reader: Reader, version: number, length: number): ApiVersionsResponseApiVersion[] {
  const list: ApiVersionsResponseApiVersion[] = [];
  for (let index = 0; index < length; index++) list.push(decodeApiVersionsResponseApiVersion(reader, version));
  return list;
}

function encodeApiVersionsResponseSupportedFeatureKey(writer: Writer, _version: number, message: ApiVersionsResponseSupportedFeatureKey): void {
  writer.compactString(message.name);
  writer.int16(message.minVersion);
  writer.int16(message.maxVersion);
  writer.noTaggedFields();
}

function decodeApiVersionsResponseSupportedFeatureKey(reader: Reader, _version: number): ApiVersionsResponseSupportedFeatureKey {
  const name = reader.compactString();
  const minVersion = reader.int16();
  const maxVersion = reader.int16();
  reader.skipTaggedFields();
  return { name, minVersion, maxVersion };
}

function decodeApiVersionsResponseSupportedFeatureKeyList(reader: Reader, version: number, length: number): ApiVersionsResponseSupportedFeatureKey[] {
  const list: ApiVersionsResponseSupportedFeatureKey[] = [];
  for (let index = 0; index < length; index++) list.push(decodeApiVersionsResponseSupportedFeatureKey(reader, version));
  return list;
}

function encodeApiVersionsResponseFinalizedFeatureKey(writer: Writer, _version: number, message: ApiVersionsResponseFinalizedFeatureKey): void {
  writer.compactString(message.name);
  writer.int16(message.maxVersionLevel);
  writer.int16(message.minVersionLevel);
  writer.noTaggedFields();
}

function decodeApiVersionsResponseFinalizedFeatureKey(reader: Reader, _version: number): ApiVersionsResponseFinalizedFeatureKey {
  const name = reader.compactString();
  const maxVersionLevel = reader.int16();
  const minVersionLevel = reader.int16();
  reader.skipTaggedFields();
  return { name, maxVersionLevel, minVersionLevel };
}

function decodeApiVersionsResponseFinalizedFeatureKeyList(reader: Reader, version: number, length: number): ApiVersionsResponseFinalizedFeatureKey[] {
  const list: ApiVersionsResponseFinalizedFeatureKey[] = [];
  for (let index = 0; index < length; index++) list.push(decodeApiVersionsResponseFinalizedFeatureKey(reader, version));
  return list;
}

export function encodeApiVersionsResponse(writer: Writer, version: number, message: ApiVersionsResponse): void {
  const flexible = version >= 3;
  writer.int16(message.errorCode);
  const apiKeys = message.apiKeys;
  if (flexible) writer.compactListLength(apiKeys.length);
  else writer.listLength(apiKeys.length);
  for (const item of apiKeys) encodeApiVersionsResponseApiVersion(writer, version, item);
  if (version >= 1) writer.int32(message.throttleTimeMs);
  if (flexible) {
    const hasSupportedFeatures = message.supportedFeatures.length !== 0;
    const hasFinalizedFeaturesEpoch = message.finalizedFeaturesEpoch !== -1;
    const hasFinalizedFeatures = message.finalizedFeatures.length !== 0;
    const hasZkMigrationReady = message.zkMigrationReady !== false;
    writer.uvarint((hasSupportedFeatures ? 1 : 0) + (hasFinalizedFeaturesEpoch ? 1 : 0) + (hasFinalizedFeatures ? 1 : 0) + (hasZkMigrationReady ? 1 : 0));
    if (hasSupportedFeatures) {
      const start = writer.beginTaggedField(0);
      const supportedFeatures = message.supportedFeatures;
      writer.compactListLength(supportedFeatures.length);
      for (const item of supportedFeatures) encodeApiVersionsResponseSupportedFeatureKey(writer, version, item);
      writer.endTaggedField(start);
    }
    if (hasFinalizedFeaturesEpoch) {
      const start = writer.beginTaggedField(1);
      writer.int64(message.finalizedFeaturesEpoch);
      writer.endTaggedField(start);
    }
    if (hasFinalizedFeatures) {
      const start = writer.beginTaggedField(2);
      const finalizedFeatures = message.finalizedFeatures;
      writer.compactListLength(finalizedFeatures.length);
      for (const item of finalizedFeatures) encodeApiVersionsResponseFinalizedFeatureKey(writer, version, item);
      writer.endTaggedField(start);
    }
    if (hasZkMigrationReady) {
      const start = writer.beginTaggedField(3);
      writer.bool(message.zkMigrationReady);
      writer.endTaggedField(start);
    }
  }
}

export function decodeApiVersionsResponse(reader: Reader, version: number): ApiVersionsResponse {
  const flexible = version >= 3;
  const errorCode = reader.int16();
  const apiKeysLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const apiKeys: readonly ApiVersionsResponseApiVersion[] = decodeApiVersionsResponseApiVersionList(reader, version, apiKeysLength);
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  let supportedFeatures: readonly ApiVersionsResponseSupportedFeatureKey[] = [];
  let finalizedFeaturesEpoch: number = -1;
  let finalizedFeatures: readonly ApiVersionsResponseFinalizedFeatureKey[] = [];
  let zkMigrationReady: boolean = false;
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          const supportedFeaturesLength = reader.compactListLength(6);
          supportedFeatures = decodeApiVersionsResponseSupportedFeatureKeyList(reader, version, supportedFeaturesLength);
          break;
        }
        case 1: {
          finalizedFeaturesEpoch = reader.int64();
          break;
        }
        case 2: {
          const finalizedFeaturesLength = reader.compactListLength(6);
          finalizedFeatures = decodeApiVersionsResponseFinalizedFeatureKeyList(reader, version, finalizedFeaturesLength);
          break;
        }
        case 3: {
          zkMigrationReady = reader.bool();
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return {
    errorCode,
    apiKeys,
    throttleTimeMs,
    supportedFeatures,
    finalizedFeaturesEpoch,
    finalizedFeatures,
    zkMigrationReady,
  };
}
