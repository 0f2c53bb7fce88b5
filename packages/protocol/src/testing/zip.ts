import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_BYTES = 22;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const DEFLATED = 8;

/** The texts of those entries of a zip archive (a jar) whose names pass, by name. Knows the plain format, not zip64. */
export function readZipTexts(archive: Buffer, accept: (name: string) => boolean): Map<string, string> {
  const texts = new Map<string, string>();
  const end = archive.lastIndexOf(Uint8Array.of(0x50, 0x4b, 5, 6));
  if (end < 0 || end + END_OF_DIRECTORY_BYTES > archive.length || archive.readUInt32LE(end) !== END_OF_DIRECTORY) {
    throw new Error('not a zip archive');
  }
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + DIRECTORY_ENTRY_BYTES, at + DIRECTORY_ENTRY_BYTES + nameBytes);
    if (accept(name)) texts.set(name, entryText(archive, at));
    at += DIRECTORY_ENTRY_BYTES + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return texts;
}

function entryText(archive: Buffer, directoryEntry: number): string {
  const method = archive.readUInt16LE(directoryEntry + 10);
  const size = archive.readUInt32LE(directoryEntry + 20);
  const header = archive.readUInt32LE(directoryEntry + 42);
  const start = header + LOCAL_HEADER_BYTES + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const bytes = archive.subarray(start, start + size);
  return (method === DEFLATED ? inflateRawSync(bytes) : bytes).toString('utf8');
}
