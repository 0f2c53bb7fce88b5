import { expect, test } from 'vitest';
import { parseJaas } from './jaas.ts';

const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule';

test('a login module is read with its options, however they are quoted and broken into lines', () => {
  const text = `${PLAIN} required
    username="admin" password='p "x" = y'
    user_alice="say \\"hi\\"; now"   user_bob=plain ;`;
  expect(parseJaas(text)).toEqual({
    className: PLAIN,
    options: { username: 'admin', password: 'p "x" = y', user_alice: 'say "hi"; now', user_bob: 'plain' },
  });
  expect(parseJaas(`${PLAIN} REQUIRED;`).options).toEqual({});
});

test.each([
  `${PLAIN} required user_alice="secret-word"`,
  `${PLAIN} user_alice="secret-word";`,
  `${PLAIN} required user_alice="secret-word" oops;`,
  `${PLAIN} required user_alice="secret-word;`,
  '',
])('what is no login module is refused without showing a secret', (text) => {
  expect(() => parseJaas(text)).toThrow(
    expect.objectContaining({ code: 'INVALID_JAAS_CONFIG', message: expect.not.stringContaining('secret-word') }),
  );
});
