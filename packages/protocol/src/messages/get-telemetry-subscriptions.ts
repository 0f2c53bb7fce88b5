/**
 * GetTelemetrySubscriptions (71): asks which metrics a client should send (KIP-714).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, bool, int16, int32, list, uuid } from '../schema.ts';

export const getTelemetrySubscriptions: ApiDeclaration = api({
  name: 'GetTelemetrySubscriptions',
  key: 71,
  versions: '0',
  flexible: '0+',
  request: {
    clientInstanceId: uuid('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    clientInstanceId: uuid('0+'),
    subscriptionId: int32('0+'),
    acceptedCompressionTypes: list('0+', 'int8'),
    pushIntervalMs: int32('0+'),
    telemetryMaxBytes: int32('0+'),
    deltaTemporality: bool('0+'),
    requestedMetrics: list('0+', 'string'),
  },
});
