// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface UpdateFeaturesRequestFeatureUpdateKey {
  readonly feature: string;
  readonly maxVersionLevel: number;
  readonly allowDowngrade: boolean;
  readonly upgradeType: number;
}

export const UpdateFeaturesRequestFeatureUpdateKeyDefaults: Pick<
  UpdateFeaturesRequestFeatureUpdateKey,
  | 'allowDowngrade'
  | 'upgradeType'
> = Object.freeze({
  allowDowngrade: false,
  upgradeType: 1,
});

export interface UpdateFeaturesRequest {
  readonly timeoutMs: number;
  readonly featureUpdates: readonly UpdateFeaturesRequestFeatureUpdateKey[];
  readonly validateOnly: boolean;
}

export const UpdateFeaturesRequestDefaults: Pick<
  UpdateFeaturesRequest,
  | 'timeoutMs'
  | 'validateOnly'
> = Object.freeze({
  timeoutMs: 60000,
  validateOnly: false,
});

function encodeUpdateFeaturesRequestFeatureUpdateKey(writer: Writer, version: number, message: UpdateFeaturesRequestFeatureUpdateKey): void {
  writer.compactString(message.feature);
  writer.int16(message.maxVersionLevel);
  if (version === 0) {
    writer.bool(message.allowDowngrade);
  } else if (message.allowDowngrade !== false) {
    throw unsupportedField('UpdateFeaturesRequestFeatureUpdateKey.allowDowngrade', version);
  }
  if (version >= 1) {
    writer.int8(message.upgradeType);
  } else if (message.upgradeType !== 1) {
    throw unsupportedField('UpdateFeaturesRequestFeatureUpdateKey.upgradeType', version);
  }
  writer.noTaggedFields();
}

function decodeUpdateFeaturesRequestFeatureUpdateKey(reader: Reader, version: number): UpdateFeaturesRequestFeatureUpdateKey {
  const feature = reader.compactString();
  const maxVersionLevel = reader.int16();
  const allowDowngrade = version === 0 ? reader.bool() : false;
  const upgradeType = version >= 1 ? reader.int8() : 1;
  reader.skipTaggedFields();
  return { feature, maxVersionLevel, allowDowngrade, upgradeType };
}

function decodeUpdateFeaturesRequestFeatureUpdateKeyList(reader: Reader, version: number, length: number): UpdateFeaturesRequestFeatureUpdateKey[] {
  const list: UpdateFeaturesRequestFeatureUpdateKey[] = [];
  for (let index = 0; index < length; index++) list.push(decodeUpdateFeaturesRequestFeatureUpdateKey(reader, version));
  return list;
}

export function encodeUpdateFeaturesRequest(writer: Writer, version: number, message: UpdateFeaturesRequest): void {
  writer.int32(message.timeoutMs);
  const featureUpdates = message.featureUpdates;
  writer.compactListLength(featureUpdates.length);
  for (const item of featureUpdates) encodeUpdateFeaturesRequestFeatureUpdateKey(writer, version, item);
  if (version >= 1) {
    writer.bool(message.validateOnly);
  } else if (message.validateOnly !== false) {
    throw unsupportedField('UpdateFeaturesRequest.validateOnly', version);
  }
  writer.noTaggedFields();
}

export function decodeUpdateFeaturesRequest(reader: Reader, version: number): UpdateFeaturesRequest {
  const timeoutMs = reader.int32();
  const featureUpdatesLength = reader.compactListLength(5);
  const featureUpdates: readonly UpdateFeaturesRequestFeatureUpdateKey[] = decodeUpdateFeaturesRequestFeatureUpdateKeyList(reader, version, featureUpdatesLength);
  const validateOnly = version >= 1 ? reader.bool() : false;
  reader.skipTaggedFields();
  return { timeoutMs, featureUpdates, validateOnly };
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  readonly feature: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface UpdateFeaturesResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly results: readonly UpdateFeaturesResponseUpdatableFeatureResult[];
}

export const UpdateFeaturesResponseDefaults: Pick<
  UpdateFeaturesResponse,
  | 'results'
> = Object.freeze({
  results: Object.freeze([]),
});

function encodeUpdateFeaturesResponseUpdatableFeatureResult(writer: Writer, _version: number, message: UpdateFeaturesResponseUpdatableFeatureResult): void {
  writer.compactString(message.feature);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeUpdateFeaturesResponseUpdatableFeatureResult(reader: Reader, _version: number): UpdateFeaturesResponseUpdatableFeatureResult {
  const feature = reader.compactString();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { feature, errorCode, errorMessage };
}

function decodeUpdateFeaturesResponseUpdatableFeatureResultList(reader: Reader, version: number, length: number): UpdateFeaturesResponseUpdatableFeatureResult[] {
  const list: UpdateFeaturesResponseUpdatableFeatureResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeUpdateFeaturesResponseUpdatableFeatureResult(reader, version));
  return list;
}

export function encodeUpdateFeaturesResponse(writer: Writer, version: number, message: UpdateFeaturesResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  if (version <= 1) {
    const results = message.results;
    writer.compactListLength(results.length);
    for (const item of results) encodeUpdateFeaturesResponseUpdatableFeatureResult(writer, version, item);
  }
  writer.noTaggedFields();
}

export function decodeUpdateFeaturesResponse(reader: Reader, version: number): UpdateFeaturesResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  let results: readonly UpdateFeaturesResponseUpdatableFeatureResult[] = [];
  if (version <= 1) {
    const resultsLength = reader.compactListLength(5);
    results = decodeUpdateFeaturesResponseUpdatableFeatureResultList(reader, version, resultsLength);
  }
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, results };
}
