/**
 * ApiVersions, versions 0–4. 3: flexible, client software. 4: features of minimum version 0.
 * The door of the broker: a version above the last is answered in the form of version 0 with UNSUPPORTED_VERSION and the
 * list, so that clients of the future find a version to speak (the connection does that; see `unsupportedApiVersions`).
 */
import { type ApiVersionsResponse, ApiVersionsResponseDefaults, ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';
import { featuresOf } from './features.ts';

const SOFTWARE_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

/** Made from the registry, which it is itself a part of: hence a function. */
export function apiVersions(list: () => readonly BrokerApi[]): BrokerApi {
  return defineApi({
    name: 'ApiVersions',
    handle(_services, request, call) {
      if (call.version >= 3) {
        const { clientSoftwareName, clientSoftwareVersion } = request;
        if (!SOFTWARE_NAME.test(clientSoftwareName) || !SOFTWARE_NAME.test(clientSoftwareVersion)) {
          return answer(ErrorCode.INVALID_REQUEST, []);
        }
      }
      return { ...answer(0, list()), ...features(list()) };
    },
  });
}

/** What a request in an unknown version is told, to be written in version 0. */
export function unsupportedApiVersions(list: readonly BrokerApi[]): ApiVersionsResponse {
  return answer(ErrorCode.UNSUPPORTED_VERSION, list);
}

function answer(errorCode: number, list: readonly BrokerApi[]): ApiVersionsResponse {
  const apiKeys = list.map(({ key, minVersion, maxVersion }) => ({ apiKey: key, minVersion, maxVersion }));
  return { ...ApiVersionsResponseDefaults, errorCode, apiKeys, throttleTimeMs: 0 };
}

function features(list: readonly BrokerApi[]): Partial<ApiVersionsResponse> {
  const known = featuresOf(list);
  return {
    supportedFeatures: known.map(({ name, level }) => ({ name, minVersion: level, maxVersion: level })),
    finalizedFeaturesEpoch: 0,
    finalizedFeatures: known.map(({ name, level }) => ({ name, minVersionLevel: level, maxVersionLevel: level })),
  };
}
