import type { Readable } from 'node:stream';

/** The lines of a body as they come, without their ends. The body is read only as fast as the lines are taken. */
export async function* linesOf(body: Readable): AsyncGenerator<string> {
  let open = '';
  // The stream itself keeps a character together whose bytes come in two pieces.
  for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (open + chunk).split('\n');
    open = lines.pop()!;
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (open !== '') yield open;
}

/** A whole body; for answers that are one piece. */
export async function textOf(body: Readable): Promise<string> {
  let text = '';
  for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
}

/**
 * The elements of a JSON array of objects, as the endpoints of queries write theirs: the array itself is whole only when
 * the query ends. A line holds one element, and its end may come only with the next one, which can take long: what is
 * whole is given at once. Empty lines, which keep a connection awake, are passed over.
 */
export async function* elementsOf(body: Readable): AsyncGenerator<string> {
  let open = '';
  for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (open + chunk).split('\n');
    open = lines.pop()!;
    for (const line of lines.map(elementIn)) if (line !== '') yield line;
    const last = elementIn(open);
    if (!isWhole(last)) continue;
    yield last;
    open = '';
  }
  const last = elementIn(open);
  if (last !== '') yield last;
}

/** Without what the array has around its elements; an element begins and ends with a brace. */
function elementIn(line: string): string {
  return line.replace(/^[[,\s]+/, '').replace(/[\],\s]+$/, '');
}

/** No object of JSON begins with another one that is whole. */
function isWhole(text: string): boolean {
  if (!text.endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
