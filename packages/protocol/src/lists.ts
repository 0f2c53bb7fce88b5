import type { Reader } from './reader.ts';

// Lists of primitives, one straight loop for each type, so that each stays monomorphic.

export function readInt8List(reader: Reader, length: number): number[] {
  const list: number[] = [];
  for (let index = 0; index < length; index++) list.push(reader.int8());
  return list;
}

export function readInt16List(reader: Reader, length: number): number[] {
  const list: number[] = [];
  for (let index = 0; index < length; index++) list.push(reader.int16());
  return list;
}

export function readInt32List(reader: Reader, length: number): number[] {
  const list: number[] = [];
  for (let index = 0; index < length; index++) list.push(reader.int32());
  return list;
}

export function readInt64List(reader: Reader, length: number): number[] {
  const list: number[] = [];
  for (let index = 0; index < length; index++) list.push(reader.int64());
  return list;
}

export function readStringList(reader: Reader, length: number): string[] {
  const list: string[] = [];
  for (let index = 0; index < length; index++) list.push(reader.string());
  return list;
}

export function readCompactStringList(reader: Reader, length: number): string[] {
  const list: string[] = [];
  for (let index = 0; index < length; index++) list.push(reader.compactString());
  return list;
}
