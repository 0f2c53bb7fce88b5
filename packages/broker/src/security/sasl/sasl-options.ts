import { SCRAM_MECHANISMS, type ScramMechanism } from '../../cluster/security-image.ts';
import type { OauthBearerOptions } from './oauthbearer-options.ts';

/** The ways in which clients of a listener may prove who they are, one entry for each. */
export type SaslOptions = (
  | {
      readonly mechanism: 'PLAIN';
      /** Passwords by name. They travel as they are: use TLS, or loopback. */
      readonly users: Readonly<Record<string, string>>;
    }
  /** Credentials are kept by the broker: see `BrokerOptions.scramUsers`, and Kafka's `kafka-configs --add-config`. */
  | { readonly mechanism: ScramMechanism }
  | ({ readonly mechanism: 'OAUTHBEARER' } & OauthBearerOptions)
) & {
  /** After this time a client must prove itself again (KIP-368); 0, the default, for never. */
  readonly maxReauthMs?: number;
};

export type SaslMechanism = SaslOptions['mechanism'];
export const SASL_MECHANISMS: readonly SaslMechanism[] = ['PLAIN', ...SCRAM_MECHANISMS, 'OAUTHBEARER'];
