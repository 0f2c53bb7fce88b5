import type { ScramMechanism } from '../cluster/security-image.ts';
import { BrokerError } from '../lib/broker-error.ts';

/** Kafka's `ScramMechanism`: the place is the number on the wire. */
const MECHANISMS: readonly (ScramMechanism | null)[] = [null, 'SCRAM-SHA-256', 'SCRAM-SHA-512'];

export function scramMechanismCode(mechanism: ScramMechanism): number {
  return MECHANISMS.indexOf(mechanism);
}

/** @throws BrokerError `UNSUPPORTED_SASL_MECHANISM` */
export function scramMechanism(code: number): ScramMechanism {
  const mechanism = MECHANISMS[code] ?? null;
  if (mechanism === null) throw new BrokerError('UNSUPPORTED_SASL_MECHANISM', 'Unknown SCRAM mechanism');
  return mechanism;
}
