/** The default of a field of bytes. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);
