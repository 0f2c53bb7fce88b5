import { expect, test } from 'vitest';
import { scram } from './scram.ts';

const text = (bytes: Uint8Array | null): string => Buffer.from(bytes!).toString();

test('a broker that changes the nonce or asks for too few iterations is refused', async () => {
  const conversation = scram('sha256', 'user', 'pencil');
  const nonce = text(await conversation.first()).split('r=')[1]!;
  const salt = Buffer.from('salt').toString('base64');
  await expect(async () => conversation.next(Buffer.from(`r=other,s=${salt},i=4096`))).rejects.toMatchObject({
    code: 'SASL_AUTHENTICATION_FAILED',
  });
  await expect(async () => conversation.next(Buffer.from(`r=${nonce}x,s=${salt},i=1`))).rejects.toMatchObject({
    code: 'SASL_AUTHENTICATION_FAILED',
  });
});

test('a broker that does not know the password is refused, too', async () => {
  const conversation = scram('sha512', 'us=er,', 'pencil');
  const first = text(await conversation.first());
  expect(first.startsWith('n,,n=us=3Der=2C,r=')).toBe(true);
  const nonce = first.split(',r=')[1]!;
  const salt = Buffer.from('salt').toString('base64');
  await conversation.next(Buffer.from(`r=${nonce}server,s=${salt},i=4096`));
  expect(() => conversation.next(Buffer.from('v=AAAA'))).toThrow(
    expect.objectContaining({ code: 'SASL_AUTHENTICATION_FAILED' }),
  );
});
