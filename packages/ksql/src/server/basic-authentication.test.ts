import { expect, test } from 'vitest';
import { BasicAuthentication } from './basic-authentication.ts';

const USERS = `
# name: password, roles
alice: wonderland, admin, developer
bob: MD5:d8578edf8458ce06fbc5bb76a58c5ca4, reader
carol = has:colon
`;
const login = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

test('who knows a password comes in, plain or by its digest; others are asked', () => {
  const door = new BasicAuthentication({ users: USERS });
  for (const right of ['alice:wonderland', 'bob:qwerty', 'carol:has:colon']) {
    expect(door.admit('/ksql', login(right)), right).toBe('admitted');
  }
  for (const wrong of ['alice:Wonderland', 'alice:', 'bob:d8578edf8458ce06fbc5bb76a58c5ca4', 'dave:x', 'alice']) {
    expect(door.admit('/ksql', login(wrong)), wrong).toBe('unknown');
  }
  expect(door.admit('/ksql', undefined)).toBe('unknown');
  expect(door.admit('/ksql', 'Bearer x')).toBe('unknown');
});

test('roles say who of them, and some paths are for all', () => {
  const door = new BasicAuthentication({ users: USERS, roles: ['admin', 'reader'], skipPaths: ['/healthcheck'] });
  expect(door.admit('/ksql', login('bob:qwerty'))).toBe('admitted');
  expect(door.admit('/ksql', login('carol:has:colon'))).toBe('forbidden');
  expect(door.admit('/healthcheck', undefined)).toBe('admitted');
});

test.each([
  ['alice', 'Line 1 of the users is no "name: password[,role…]"'],
  ['\nalice: CRYPT:xyz', 'The password of alice must be plain text or MD5:hex'],
])('%j is refused', (users, message) => {
  expect(() => new BasicAuthentication({ users })).toThrow(message);
});
