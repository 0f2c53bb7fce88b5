import { readInt64, readUint32, writeInt64, writeUint32 } from '../../lib/int64.ts';

// All versions of one key in one row, the latest first: timestamp (8 bytes), size of the value (4), value. So the
// latest is one point read, and an out-of-order put rewrites one row. A history is short: it is cut to the retention
// whenever it is written.

const HEAD_SIZE = 12;
const TOMBSTONE = 0xffff_ffff;

/** A version of a key; a null value says that the key was deleted then. */
export type Version = { readonly timestamp: number; readonly value: Uint8Array | null };

export function decodeVersions(row: Uint8Array): Version[] {
  const versions: Version[] = [];
  for (let at = 0; at < row.length; ) {
    const size = readUint32(row, at + 8);
    const end = at + HEAD_SIZE + (size === TOMBSTONE ? 0 : size);
    versions.push({
      timestamp: readInt64(row, at),
      value: size === TOMBSTONE ? null : row.subarray(at + HEAD_SIZE, end),
    });
    at = end;
  }
  return versions;
}

export function encodeVersions(versions: readonly Version[]): Uint8Array {
  let size = 0;
  for (const { value } of versions) size += HEAD_SIZE + (value?.length ?? 0);
  const row = new Uint8Array(size);
  let at = 0;
  for (const { timestamp, value } of versions) {
    writeInt64(row, at, timestamp);
    writeUint32(row, at + 8, value === null ? TOMBSTONE : value.length);
    if (value !== null) row.set(value, at + HEAD_SIZE);
    at += HEAD_SIZE + (value?.length ?? 0);
  }
  return row;
}

/** Puts a version in its place by time, over one of the same time; `nextMs` is where the version after it begins. */
export function insertVersion(
  versions: readonly Version[],
  version: Version,
): { readonly versions: Version[]; readonly nextMs: number | null } {
  let at = 0;
  while (at < versions.length && versions[at]!.timestamp > version.timestamp) at++;
  if (isUndone(versions, version)) return { versions: versions.slice(1), nextMs: null };
  const replaced = versions[at]?.timestamp === version.timestamp ? 1 : 0;
  return {
    versions: [...versions.slice(0, at), version, ...versions.slice(at + replaced)],
    nextMs: at === 0 ? null : versions[at - 1]!.timestamp,
  };
}

/**
 * The latest version is deleted at the very time it began, and nothing was valid until then: it leaves no trace, not
 * even a tombstone, so that an earlier version that comes late is the latest one. (As RocksDBVersionedStore.)
 */
function isUndone([latest, previous]: readonly Version[], version: Version): boolean {
  if (version.value !== null || latest?.timestamp !== version.timestamp) return false;
  return latest.value !== null && (previous === undefined || previous.value === null);
}

/** Leaves out what no read from `floorMs` on can see: versions that ended before it. */
export function cutVersions(versions: readonly Version[], floorMs: number): readonly Version[] {
  const firstHidden = versions.findIndex((version) => version.timestamp <= floorMs) + 1;
  return firstHidden === 0 ? versions : versions.slice(0, firstHidden);
}
