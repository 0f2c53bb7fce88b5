import { expect, test } from 'vitest';
import { BROKER_CONFIGS } from './broker-configs.ts';
import { uselessConfigs } from './ignored-configs.ts';

test('no config that the broker knows counts as useless', () => {
  expect(uselessConfigs(BROKER_CONFIGS.map(({ name }) => name))).toEqual({ ignored: [], unknown: [] });
});

test("Kafka's other configs are told from names that nobody knows", () => {
  const names = [
    'num.io.threads',
    'log.retentions.ms',
    'listener.name.tls.ssl.keystore.location',
    'replica.lag.time.max.ms',
  ];
  expect(uselessConfigs(names)).toEqual({
    ignored: ['num.io.threads', 'replica.lag.time.max.ms'],
    unknown: ['log.retentions.ms'],
  });
});
