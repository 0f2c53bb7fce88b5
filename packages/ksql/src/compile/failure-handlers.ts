import { continueOnError, type FailureHandlers, failOnError } from '@millrace/streams';
import {
  booleanSetting,
  FAIL_ON_DESERIALIZATION_ERROR,
  FAIL_ON_PRODUCTION_ERROR,
  type KsqlConfig,
} from '../lib/ksql-config.ts';

/**
 * What becomes of a query when a record cannot be read, or a result cannot be written: it goes on without, or fails. The
 * processing log has been told either way.
 */
export function failureHandlers(config: KsqlConfig): Pick<FailureHandlers, 'deserialization' | 'production'> {
  return {
    deserialization: booleanSetting(config, FAIL_ON_DESERIALIZATION_ERROR) === true ? failOnError : continueOnError,
    production: booleanSetting(config, FAIL_ON_PRODUCTION_ERROR) === false ? continueOnError : failOnError,
  };
}
