const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export type InputLine = { readonly bytes: Buffer /** From 1. */; readonly number: number };

/** Lines of a stream of bytes without their ends; the last one may lack its. Lines of one chunk come together. */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly InputLine[]> {
  let open: Buffer[] = [];
  let number = 1;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const lines: InputLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      lines.push({ bytes: withoutReturn(Buffer.concat([...open, bytes.subarray(start, end)])), number });
      open = [];
      number += 1;
      start = end + 1;
    }
    if (start < bytes.length) open.push(bytes.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (open.length > 0) yield [{ bytes: withoutReturn(Buffer.concat(open)), number }];
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
