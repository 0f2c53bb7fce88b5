import { Serdes } from '@millrace/streams';

// Text as Kafka's string serdes have it: malformed bytes become U+FFFD, a byte order mark is a character like others.
// Those of streams know which way is quick for which length.

const strings = Serdes.string();

export function encodeUtf8(text: string): Uint8Array {
  return strings.serialize(text, '');
}

export function decodeUtf8(bytes: Uint8Array, start: number = 0, end: number = bytes.length): string {
  return strings.deserializeAt!(bytes, start, end, '');
}
