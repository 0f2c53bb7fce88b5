import { MillraceError } from '@millrace/base';
import { type JaasModule, parseJaas } from '../security/sasl/jaas.ts';
import type { OauthBearerOptions } from '../security/sasl/oauthbearer-options.ts';
import { SASL_MECHANISMS, type SaslMechanism, type SaslOptions } from '../security/sasl/sasl-options.ts';
import type { ListenerConfig } from './scoped-config.ts';

const USER_PREFIX = 'user_';

/**
 * The mechanisms of a listener by Kafka's `sasl.…` configs and JAAS texts
 * (`listener.name.NAME.MECHANISM.sasl.jaas.config`).
 *
 * @throws MillraceError `INVALID_SASL_CONFIG`, `INVALID_JAAS_CONFIG`
 */
export function saslOfConfig(listener: string, config: ListenerConfig): SaslOptions[] {
  const enabled = split(config('sasl.enabled.mechanisms'));
  if (enabled.length === 0) {
    throw invalid(listener, `give sasl.enabled.mechanisms with some of ${SASL_MECHANISMS.join(', ')}`);
  }
  return enabled.map((name) => {
    const mechanism = SASL_MECHANISMS.find((known) => known === name);
    if (mechanism === undefined) {
      throw invalid(listener, `the mechanism ${name} is not served: choose from ${SASL_MECHANISMS.join(', ')}`);
    }
    const own: ListenerConfig = (key) => config(`${name.toLowerCase()}.${key}`);
    const maxReauthMs = own('connections.max.reauth.ms') ?? config('connections.max.reauth.ms');
    return {
      ...mechanismOptions(listener, mechanism, config, own('sasl.jaas.config')),
      ...(maxReauthMs === undefined ? {} : { maxReauthMs: Number(maxReauthMs) }),
    };
  });
}

function mechanismOptions(
  listener: string,
  mechanism: SaslMechanism,
  config: ListenerConfig,
  jaas: string | undefined,
): SaslOptions {
  const module = jaas === undefined ? null : parseJaas(jaas);
  switch (mechanism) {
    case 'PLAIN': {
      const where = `listener.name.${listener.toLowerCase()}.plain.sasl.jaas.config`;
      if (module === null) throw invalid(listener, `PLAIN needs users: give ${where}`);
      return { mechanism, users: usersOf(module) };
    }
    case 'OAUTHBEARER':
      return { mechanism, ...oauthBearer(listener, config, module) };
    default:
      return { mechanism };
  }
}

function usersOf({ options }: JaasModule): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => name.startsWith(USER_PREFIX))
      .map(([name, password]) => [name.slice(USER_PREFIX.length), password]),
  );
}

function oauthBearer(listener: string, config: ListenerConfig, module: JaasModule | null): OauthBearerOptions {
  const jwks = config('sasl.oauthbearer.jwks.endpoint.url');
  if (jwks === undefined && module === null) {
    throw invalid(listener, 'OAUTHBEARER needs keys: give sasl.oauthbearer.jwks.endpoint.url');
  }
  if (jwks === undefined) return unsecured(module!);
  const audience = split(config('sasl.oauthbearer.expected.audience'));
  const clockSkew = config('sasl.oauthbearer.clock.skew.seconds');
  const refresh = config('sasl.oauthbearer.jwks.endpoint.refresh.ms');
  return {
    jwks,
    ...text('issuer', config('sasl.oauthbearer.expected.issuer')),
    ...text('subClaim', config('sasl.oauthbearer.sub.claim.name')),
    ...text('scopeClaim', config('sasl.oauthbearer.scope.claim.name')),
    ...(audience.length === 0 ? {} : { audience }),
    ...(clockSkew === undefined ? {} : { clockSkewMs: Number(clockSkew) * 1000 }),
    ...(refresh === undefined ? {} : { refreshMs: Number(refresh) }),
  };
}

/** Kafka's validator for tests, which takes tokens without a signature, and its options in the JAAS text. */
function unsecured({ options }: JaasModule): OauthBearerOptions {
  const requiredScope = (options.unsecuredValidatorRequiredScope ?? '').split(/\s+/).filter((scope) => scope !== '');
  return {
    jwks: null,
    ...text('subClaim', options.unsecuredValidatorPrincipalClaimName),
    ...text('scopeClaim', options.unsecuredValidatorScopeClaimName),
    ...(requiredScope.length === 0 ? {} : { requiredScope }),
    clockSkewMs: Number(options.unsecuredValidatorAllowableClockSkewMs ?? 0),
  };
}

function text<K extends string>(key: K, value: string | undefined): { readonly [name in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [name in K]?: string };
}

function split(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

function invalid(listener: string, message: string): MillraceError {
  return new MillraceError('INVALID_SASL_CONFIG', `listener ${listener}: ${message}`, { context: { listener } });
}
