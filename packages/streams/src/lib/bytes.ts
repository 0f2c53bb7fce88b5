/**
 * Negative, zero or positive as `a` sorts before, with or after `b`; bytes are unsigned, a prefix comes first. What lies
 * before `from` is not looked at.
 */
export function compareBytes(a: Uint8Array, b: Uint8Array, from = 0): number {
  const shared = a.length < b.length ? a.length : b.length;
  for (let at = from; at < shared; at++) {
    const difference = a[at]! - b[at]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  const length = a.length;
  if (length !== b.length) return false;
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return false;
  return true;
}

export function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  if (bytes.length < prefix.length) return false;
  for (let at = 0; at < prefix.length; at++) if (bytes[at] !== prefix[at]) return false;
  return true;
}

/** A copy that shares no memory: what outlives its batch must not pin the buffer that the batch came in. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return Uint8Array.prototype.slice.call(bytes);
}

export function concatBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

/** The smallest bytes above everything that begins with `prefix`, or null if there are none (all bytes are 255). */
export function afterPrefix(prefix: Uint8Array): Uint8Array | null {
  for (let last = prefix.length - 1; last >= 0; last--) {
    if (prefix[last] === 0xff) continue;
    const after = prefix.slice(0, last + 1);
    after[last] = after[last]! + 1;
    return after;
  }
  return null;
}

/** The smallest bytes above `key` itself. */
export function afterKey(key: Uint8Array): Uint8Array {
  const after = new Uint8Array(key.length + 1);
  after.set(key);
  return after;
}
