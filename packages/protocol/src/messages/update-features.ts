/**
 * UpdateFeatures (57): raises or lowers the version levels of features (KIP-584).
 *
 * - v1: only validates; kinds of downgrade (KIP-778)
 * - v2: no results by feature any more (KIP-1022)
 */
import { type ApiDeclaration, api, bool, int8, int16, int32, list, string } from '../schema.ts';

export const updateFeatures: ApiDeclaration = api({
  name: 'UpdateFeatures',
  key: 57,
  versions: '0-2',
  flexible: '0+',
  request: {
    timeoutMs: int32('0+', { default: 60000 }),
    featureUpdates: list('0+', 'FeatureUpdateKey', {
      feature: string('0+'),
      maxVersionLevel: int16('0+'),
      allowDowngrade: bool('0'),
      upgradeType: int8('1+', { default: 1 }),
    }),
    validateOnly: bool('1+', { default: false }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    results: list('0-1', { ignorable: true }, 'UpdatableFeatureResult', {
      feature: string('0+'),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
    }),
  },
});
