/**
 * UpdateFeatures, versions 0–2 (KIP-584). 1: only validates, kinds of downgrade (KIP-778). 2: no results by feature.
 * Deviations: each feature has one level, that of the program; to ask for it does nothing, to ask for another is refused.
 */
import type { UpdateFeaturesRequestFeatureUpdateKey } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';
import { type Feature, featuresOf } from './features.ts';

const RESULTS_VERSION_MAX = 1;

/** Made from the registry, which it is itself a part of: hence a function. */
export function updateFeatures(list: () => readonly BrokerApi[]): BrokerApi {
  return defineApi({
    name: 'UpdateFeatures',
    handle({ nodeId }, { featureUpdates }, call) {
      const known = featuresOf(list());
      try {
        for (const update of featureUpdates) check(known, update, nodeId);
      } catch (error) {
        const errorMessage =
          'The update failed for all features since the following feature had an error: ' +
          (error instanceof Error ? error.message : String(error));
        return { throttleTimeMs: 0, errorCode: errorCodeOf(error), errorMessage, results: [] };
      }
      const results =
        call.version > RESULTS_VERSION_MAX
          ? []
          : featureUpdates.map(({ feature }) => ({ feature, errorCode: 0, errorMessage: null }));
      return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, results };
    },
  });
}

function check(
  known: readonly Feature[],
  { feature, maxVersionLevel }: UpdateFeaturesRequestFeatureUpdateKey,
  nodeId: number,
): void {
  const level = known.find(({ name }) => name === feature)?.level;
  if (level === maxVersionLevel) return;
  const why = level === undefined ? 'does not support this feature.' : `only supports versions ${level}-${level}`;
  throw new BrokerError(
    'INVALID_UPDATE_VERSION',
    `Invalid update version ${maxVersionLevel} for feature ${feature}. Local controller ${nodeId} ${why}`,
  );
}
