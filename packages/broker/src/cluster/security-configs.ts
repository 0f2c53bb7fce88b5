import type { ConfigDefinition } from './config-definition.ts';

function security(
  name: string,
  type: ConfigDefinition['type'],
  defaultValue: string | null,
  documentation: string,
  more: Partial<ConfigDefinition> = {},
): ConfigDefinition {
  return { name, type, default: defaultValue, documentation, ...more };
}

const INT_MAX_TEXT = '2147483647';
const DYNAMIC = { isDynamic: true };

/** Listeners, TLS, SASL, rights, quotas and limits of connections, under Kafka's names and with its defaults. */
export const SECURITY_CONFIGS: readonly ConfigDefinition[] = [
  security('listener.security.protocol.map', 'string', null, 'The protocol of each listener: NAME:PROTOCOL,…'),
  security('inter.broker.listener.name', 'string', null, 'Must name a listener; there are no other brokers.'),
  security('controller.listener.names', 'string', null, 'Listeners that are left out: the broker is its controller.'),
  security('security.inter.broker.protocol', 'string', 'PLAINTEXT', 'No meaning: there are no other brokers.'),
  security('sasl.mechanism.inter.broker.protocol', 'string', 'GSSAPI', 'No meaning: there are no other brokers.'),
  security('sasl.enabled.mechanisms', 'list', null, 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER.'),
  security('sasl.jaas.config', 'password', null, 'Under listener.name.NAME.MECHANISM: users and options.'),
  security('scram.users', 'password', null, 'Users from the start: SCRAM-SHA-512=[name=…,password=…];… (ours)'),
  security('sasl.server.max.receive.size', 'int', '524288', 'The largest request before a client is known.', {
    min: 1,
  }),
  security('connections.max.reauth.ms', 'long', '0', 'How long a proof is good for; 0 for ever.', { min: 0 }),
  security('connection.failed.authentication.delay.ms', 'int', '100', 'How long a failed client waits.', { min: 0 }),
  security('sasl.oauthbearer.jwks.endpoint.url', 'string', null, 'Where the keys of tokens are: https: or file:.'),
  security('sasl.oauthbearer.jwks.endpoint.refresh.ms', 'long', '3600000', 'How often they are read again.'),
  security('sasl.oauthbearer.expected.issuer', 'string', null, 'The issuer that tokens must have.'),
  security('sasl.oauthbearer.expected.audience', 'list', null, 'Audiences, one of which tokens must have.'),
  security('sasl.oauthbearer.scope.claim.name', 'string', 'scope', 'The claim of the scope.'),
  security('sasl.oauthbearer.sub.claim.name', 'string', 'sub', "The claim of the user's name."),
  security('sasl.oauthbearer.clock.skew.seconds', 'int', '30', 'How much clocks may differ.', { min: 0 }),
  security('ssl.client.auth', 'string', 'none', 'Whether clients show certificates: none, requested, required.'),
  security('ssl.enabled.protocols', 'list', 'TLSv1.2,TLSv1.3', 'Versions of TLS.'),
  security('ssl.protocol', 'string', 'TLSv1.3', 'No meaning here.'),
  security('ssl.cipher.suites', 'list', '', "Ciphers, under OpenSSL's names."),
  security('ssl.key.password', 'password', null, 'The password of the private key.'),
  security('ssl.keystore.certificate.chain', 'password', null, 'The certificate and those that vouch for it, PEM.'),
  security('ssl.keystore.key', 'password', null, 'The private key, PEM.'),
  security('ssl.keystore.location', 'string', null, 'A file with key and certificates, PEM or PKCS12.'),
  security('ssl.keystore.password', 'password', null, 'Its password.'),
  security('ssl.keystore.type', 'string', 'JKS', 'No meaning: the file tells. JKS is not read.'),
  security('ssl.truststore.certificates', 'password', null, 'Certificates that client certificates need, PEM.'),
  security('ssl.truststore.location', 'string', null, 'A file with them, PEM or PKCS12.'),
  security('ssl.truststore.password', 'password', null, 'Its password, if it is PKCS12.'),
  security('ssl.truststore.type', 'string', 'JKS', 'No meaning: the file tells.'),
  security('ssl.principal.mapping.rules', 'string', 'DEFAULT', 'How a certificate becomes a name.'),
  security('authorizer.class.name', 'class', '', "Kafka's StandardAuthorizer turns ACLs on."),
  security('super.users', 'string', null, 'Who may do everything: User:NAME;User:NAME'),
  security('allow.everyone.if.no.acl.found', 'boolean', 'false', 'Whether all may use what no ACL is about.'),
  security('early.start.listeners', 'string', null, 'No meaning here.'),
  security('delegation.token.secret.key', 'password', null, 'No meaning: delegation tokens are not served.'),
  security('quota.window.num', 'int', '11', 'Samples that a rate of bytes is made of.', { min: 1 }),
  security('quota.window.size.seconds', 'int', '1', 'How long each of them is.', { min: 1 }),
  security('controller.quota.window.num', 'int', '11', 'The same for changes of topics.', { min: 1 }),
  security('controller.quota.window.size.seconds', 'int', '1', 'The same for changes of topics.', { min: 1 }),
  security('max.connections.per.ip', 'int', INT_MAX_TEXT, 'Connections of one address at once.', {
    min: 0,
    ...DYNAMIC,
  }),
  security('max.connections.per.ip.overrides', 'string', '', 'The same for some: ADDRESS:COUNT,…', DYNAMIC),
  security('max.connection.creation.rate', 'int', INT_MAX_TEXT, 'New connections each second.', { min: 0, ...DYNAMIC }),
];
