import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Acl, type AclOperation, applySecurityChange, EMPTY_SECURITY } from '../../cluster/security-image.ts';
import { userPrincipal } from '../principal.ts';
import { Authorizer, type AuthorizerOptions } from './authorizer.ts';

const base: Acl = {
  resourceType: 'Topic',
  patternType: 'Literal',
  resourceName: 'orders',
  principal: 'User:alice',
  host: '*',
  operation: 'Read',
  permission: 'Allow',
};

const alice = { principal: userPrincipal('alice'), host: '10.0.0.1' };

function authorizer(acls: readonly Partial<Acl>[], options: AuthorizerOptions = {}): Authorizer {
  const full = acls.map((acl) => ({ ...base, ...acl }));
  const image = applySecurityChange(EMPTY_SECURITY, { kind: 'acls-added', acls: full });
  return new Authorizer(options, () => image);
}

test('what no rule allows is denied, also where others have rules', () => {
  expect(authorizer([]).isAllowed(alice, 'Read', 'Topic', 'orders')).toBe(false);
  expect(authorizer([{ principal: 'User:bob' }]).isAllowed(alice, 'Read', 'Topic', 'orders')).toBe(false);
});

test('where everybody may use what no rule is about, a rule for somebody ends that', () => {
  const options = { allowEveryoneIfNoAclFound: true };
  expect(authorizer([], options).isAllowed(alice, 'Read', 'Topic', 'orders')).toBe(true);
  const others = authorizer([{ principal: 'User:bob' }], options);
  expect(others.isAllowed(alice, 'Read', 'Topic', 'orders')).toBe(false);
  expect(others.isAllowed(alice, 'Read', 'Topic', 'payments')).toBe(true);
  expect(others.isAllowed(alice, 'Read', 'Group', 'orders')).toBe(true);
});

test.each(['Read', 'Write', 'Delete', 'Alter'] as const)('who may %s may describe', (operation) => {
  const rights = authorizer([{ operation }]);
  expect(rights.isAllowed(alice, 'Describe', 'Topic', 'orders')).toBe(true);
  expect(rights.isAllowed(alice, 'DescribeConfigs', 'Topic', 'orders')).toBe(false);
});

test('who may alter configs may describe them, and nothing else', () => {
  const rights = authorizer([{ operation: 'AlterConfigs' }]);
  expect(rights.isAllowed(alice, 'DescribeConfigs', 'Topic', 'orders')).toBe(true);
  expect(rights.isAllowed(alice, 'Describe', 'Topic', 'orders')).toBe(false);
});

test('a rule that denies reading denies nothing that reading implies', () => {
  const rights = authorizer([{ operation: 'All' }, { permission: 'Deny' }]);
  expect(rights.isAllowed(alice, 'Read', 'Topic', 'orders')).toBe(false);
  expect(rights.isAllowed(alice, 'Describe', 'Topic', 'orders')).toBe(true);
});

test('names fit whole, by their beginning, or by the wildcard', () => {
  const rights = authorizer([
    { resourceName: 'team-', patternType: 'Prefixed' },
    { resourceName: '*', operation: 'Write' },
  ]);
  expect(rights.isAllowed(alice, 'Read', 'Topic', 'team-a')).toBe(true);
  expect(rights.isAllowed(alice, 'Read', 'Topic', 'team-')).toBe(true);
  expect(rights.isAllowed(alice, 'Read', 'Topic', 'team')).toBe(false);
  expect(rights.isAllowed(alice, 'Write', 'Topic', 'anything')).toBe(true);
});

test('rules for one address hold for that address, rules for everybody for all', () => {
  const rights = authorizer([{ host: '10.0.0.2' }, { principal: 'User:*', operation: 'Write' }]);
  expect(rights.isAllowed(alice, 'Read', 'Topic', 'orders')).toBe(false);
  expect(rights.isAllowed({ ...alice, host: '10.0.0.2' }, 'Read', 'Topic', 'orders')).toBe(true);
  expect(rights.isAllowed({ ...alice, principal: userPrincipal('zoe') }, 'Write', 'Topic', 'orders')).toBe(true);
});

test('nothing is denied to a super user', () => {
  const rights = authorizer([{ permission: 'Deny', operation: 'All' }], { superUsers: ['User:alice'] });
  expect(rights.isAllowed(alice, 'Read', 'Topic', 'orders')).toBe(true);
  expect(rights.isAllowedForAny(alice, 'Write', 'Topic')).toBe(true);
});

test.each<[string, readonly Partial<Acl>[], boolean]>([
  ['one topic', [{ operation: 'Write' }], true],
  ['nothing', [], false],
  [
    'all but one',
    [
      { operation: 'Write', resourceName: '*' },
      { operation: 'Write', permission: 'Deny' },
    ],
    true,
  ],
  ['one, which is denied', [{ operation: 'Write' }, { operation: 'Write', permission: 'Deny' }], false],
  [
    'some, whose whole beginning is denied',
    [
      { operation: 'Write', resourceName: 'orders-', patternType: 'Prefixed' },
      { operation: 'All', resourceName: 'ord', patternType: 'Prefixed', permission: 'Deny' },
    ],
    false,
  ],
])('writing any topic, where %s may be written', (_what, acls, expected) => {
  expect(authorizer(acls).isAllowedForAny(alice, 'Write', 'Topic')).toBe(expected);
});

test('the index finds what going through all rules finds', () => {
  const name = fc.stringMatching(/^[ab]{1,4}$/);
  const operation = fc.constantFrom<AclOperation>('Read', 'Write', 'Describe', 'Alter', 'All');
  const acl = fc.record({
    resourceName: fc.oneof(name, fc.constant('*')),
    patternType: fc.constantFrom('Literal', 'Prefixed'),
    principal: fc.constantFrom('User:alice', 'User:bob', 'User:*'),
    host: fc.constantFrom('*', '10.0.0.1', '10.0.0.2'),
    operation,
    permission: fc.constantFrom('Allow', 'Deny'),
  });
  fc.assert(
    fc.property(fc.array(acl, { maxLength: 12 }), operation, name, (acls, wanted, resource) => {
      fc.pre(wanted !== 'All');
      const concerned = acls.filter(
        (one) =>
          (one.patternType === 'Prefixed'
            ? resource.startsWith(one.resourceName)
            : one.resourceName === resource || one.resourceName === '*') &&
          one.principal !== 'User:bob' &&
          one.host !== '10.0.0.2',
      );
      const isDenied = concerned.some((one) => one.permission === 'Deny' && ['All', wanted].includes(one.operation));
      const isAllowed = concerned.some(
        (one) =>
          one.permission === 'Allow' &&
          (['All', wanted].includes(one.operation) ||
            (wanted === 'Describe' && ['Read', 'Write', 'Alter'].includes(one.operation))),
      );
      const rights = authorizer(acls);
      expect(rights.isAllowed(alice, wanted, 'Topic', resource)).toBe(isAllowed && !isDenied);
    }),
  );
});
