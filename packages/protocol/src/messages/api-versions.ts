/**
 * ApiVersions (18): tells which versions of which APIs a broker speaks.
 *
 * - v1: throttle time
 * - v3: flexible, the client's name and version (KIP-511), features (KIP-584)
 * - v4: features may begin at version 0
 *
 * A version that is too new is answered in the form of version 0; the response header is always version 0.
 */
import { type ApiDeclaration, api, bool, int16, int32, int64, list, string } from '../schema.ts';

export const apiVersions: ApiDeclaration = api({
  name: 'ApiVersions',
  key: 18,
  versions: '0-4',
  flexible: '3+',
  request: {
    clientSoftwareName: string('3+', { ignorable: true }),
    clientSoftwareVersion: string('3+', { ignorable: true }),
  },
  response: {
    errorCode: int16('0+'),
    apiKeys: list('0+', 'ApiVersion', {
      apiKey: int16('0+'),
      minVersion: int16('0+'),
      maxVersion: int16('0+'),
    }),
    throttleTimeMs: int32('1+', { ignorable: true }),
    supportedFeatures: list('3+', { tag: 0, ignorable: true }, 'SupportedFeatureKey', {
      name: string('3+'),
      minVersion: int16('3+'),
      maxVersion: int16('3+'),
    }),
    finalizedFeaturesEpoch: int64('3+', { tag: 1, default: -1, ignorable: true }),
    finalizedFeatures: list('3+', { tag: 2, ignorable: true }, 'FinalizedFeatureKey', {
      name: string('3+'),
      maxVersionLevel: int16('3+'),
      minVersionLevel: int16('3+'),
    }),
    zkMigrationReady: bool('3+', { tag: 3, default: false, ignorable: true }),
  },
});
