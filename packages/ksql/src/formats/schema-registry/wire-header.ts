/** What stands before a value whose schema is in a registry: a zero, then the schema's id in four bytes. */

export const HEADER_BYTES = 5;
const MAGIC = 0;

/** @throws Error when the bytes do not begin with the header */
export function readSchemaId(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES || bytes[0] !== MAGIC) throw new Error('Unknown magic byte!');
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(1);
}

export function writeSchemaId(bytes: Uint8Array, id: number): void {
  bytes[0] = MAGIC;
  new DataView(bytes.buffer, bytes.byteOffset).setInt32(1, id);
}
