import { expect, test } from 'vitest';
import { principalMapping } from './principal-mapping.ts';

const DUKE = 'CN=Duke,OU=ServiceUsers,O=Org,C=US';
const ADMIN = 'CN=adminUser,OU=Admin,O=Unknown,L=Unknown,ST=Unknown,C=Unknown';

// The rules of the example in Kafka's documentation of ssl.principal.mapping.rules.
const RULES =
  'RULE:^CN=(.*?),OU=ServiceUsers.*$/$1/, RULE:^CN=(.*?),OU=(.*?),O=(.*?),L=(.*?),ST=(.*?),C=(.*?)$/$1@$2/L, ' +
  'RULE:^.*[Cc][Nn]=([a-zA-Z0-9.]*).*$/$1/L, DEFAULT';

test.each([
  ['DEFAULT', DUKE, DUKE],
  [RULES, DUKE, 'Duke'],
  [RULES, ADMIN, 'adminuser@admin'],
  [RULES, 'O=Acme,CN=Zoe', 'zoe'],
  [RULES, 'O=Acme', 'O=Acme'],
  ['RULE:^CN=(.*?),.*$/$1/U', DUKE, 'DUKE'],
  ['RULE:^CN=(.*)\\/x$/$1\\/y/', 'CN=a/x', 'a/y'],
])('%s makes of %s the name %s … %s', (rules, distinguishedName, name) => {
  expect(principalMapping(rules)(distinguishedName)).toBe(name);
});

test('without a rule that fits there is no name', () => {
  expect(() => principalMapping('RULE:^CN=(.*)$/$1/')('O=Acme')).toThrow(
    expect.objectContaining({ code: 'NO_PRINCIPAL_MAPPING' }),
  );
});

test.each(['RULE:^CN=(.*)$/$1', 'RULE:/', 'NONE', 'RULE:^a$/b/X'])('%s is no rule', (rules) => {
  expect(() => principalMapping(rules)).toThrow(expect.objectContaining({ code: 'INVALID_PRINCIPAL_MAPPING' }));
});
