import { type Clock, type Logger, unreachable } from '@millrace/base';
import type { ScramCredential, ScramMechanism } from '../../cluster/security-image.ts';
import { OauthBearerValidator } from './oauthbearer.ts';
import { plainServer } from './plain.ts';
import type { SaslOptions } from './sasl-options.ts';
import type { SaslServer } from './sasl-server.ts';
import { scramServer } from './scram.ts';

/** A mechanism that a listener offers: it begins a conversation with each client. */
export type OfferedMechanism = {
  readonly name: string;
  /** 0 for never. */
  readonly maxReauthMs: number;
  begin(): SaslServer;
};

export type MechanismServices = {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly scramCredential: (mechanism: ScramMechanism, user: string) => ScramCredential | null;
};

/** What a listener offers, in the order in which clients are told. */
export function offeredMechanisms(
  options: readonly SaslOptions[],
  services: MechanismServices,
): ReadonlyMap<string, OfferedMechanism> {
  return new Map(
    options.map((option) => {
      const { mechanism: name, maxReauthMs = 0 } = option;
      return [name, { name, maxReauthMs, begin: beginner(option, services) }];
    }),
  );
}

function beginner(option: SaslOptions, services: MechanismServices): () => SaslServer {
  switch (option.mechanism) {
    case 'PLAIN': {
      const { users } = option;
      return () => plainServer(users);
    }
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512': {
      const { mechanism } = option;
      return () => scramServer(mechanism, (user) => services.scramCredential(mechanism, user));
    }
    case 'OAUTHBEARER': {
      const validator = new OauthBearerValidator(option, services);
      return () => validator.server();
    }
    default:
      return unreachable(option);
  }
}
