import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY = randomBytes(32);

/** Whether two secrets are the same, in a time that tells nothing about where they differ, nor how long they are. */
export function isSameSecret(one: string | Uint8Array, other: string | Uint8Array): boolean {
  const digest = (secret: string | Uint8Array): Buffer => createHmac('sha256', KEY).update(secret).digest();
  return timingSafeEqual(digest(one), digest(other));
}
