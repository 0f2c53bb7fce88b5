export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** Where `part` begins in `bytes`, at `from` or later; -1 if nowhere. */
export function indexOfBytes(bytes: Uint8Array, part: Uint8Array, from: number): number {
  for (let start = from; start + part.length <= bytes.length; start++) {
    let matched = 0;
    while (matched < part.length && bytes[start + matched] === part[matched]) matched++;
    if (matched === part.length) return start;
  }
  return -1;
}
