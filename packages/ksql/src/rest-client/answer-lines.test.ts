import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elementsOf, linesOf } from './answer-lines.ts';

async function allOf(items: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A body that comes in pieces, cut where the places say, in the middle of characters too. */
function bodyOf(text: string, places: readonly number[]): Readable {
  const bytes = Buffer.from(text);
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces = [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
  return Readable.from(pieces.filter((piece) => piece.length > 0));
}

const places = fc.array(fc.nat(), { maxLength: 8 });

test('lines are the same, however the body is cut', async () => {
  const texts = fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll(/[\r\n]/g, '')));
  await fc.assert(
    fc.asyncProperty(texts, places, async (lines, cuts) => {
      const text = lines.map((line) => `${line}\n`).join('');
      expect(await allOf(linesOf(bodyOf(text, cuts)))).toEqual(lines);
    }),
  );
});

test('elements of an array are the same, however the body is cut and whatever stands in their strings', async () => {
  const objects = fc.array(fc.record({ row: fc.string({ unit: fc.constantFrom(...'[]{},"\\ é😀') }) }), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(objects, places, async (elements, cuts) => {
      const texts = elements.map((element) => JSON.stringify(element));
      expect(await allOf(elementsOf(bodyOf(`[${texts.join(',\n')}]\n`, cuts)))).toEqual(texts);
    }),
  );
});

test('an element is given when it is whole, before anything follows it', async () => {
  const body = new Readable({ read() {} });
  const elements = elementsOf(body);
  body.push('[{"header":{"a":"}"}');
  const first = elements.next();
  body.push('}');
  expect((await first).value).toBe('{"header":{"a":"}"}}');
  body.push(',\n\n{"row":1}');
  expect((await elements.next()).value).toBe('{"row":1}');
  body.push(']\n');
  body.push(null);
  expect(await elements.next()).toMatchObject({ done: true });
});
