import { expect, test } from 'vitest';
import { lineLogger } from './logger.ts';

function lines(options: { readonly least?: 'warn'; readonly format?: 'json' }) {
  const written: string[] = [];
  const logger = lineLogger({ write: (line) => written.push(line), ...options });
  logger.debug('one');
  logger.info('two', {});
  logger.warn('three\nlines', { a: 1, b: 'x y' });
  return written;
}

test('text has time, level, message and fields on one line', () => {
  const [info, warn, ...more] = lines({});
  expect(info).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info two\n$/);
  expect(warn).toMatch(/Z warn three\\nlines \{"a":1,"b":"x y"\}\n$/);
  expect(more).toEqual([]);
});

test('JSON is one object a line, whatever stands in the message', () => {
  const [warn, ...more] = lines({ least: 'warn', format: 'json' });
  expect(more).toEqual([]);
  expect(warn!.indexOf('\n')).toBe(warn!.length - 1);
  expect(JSON.parse(warn!)).toEqual({
    time: expect.any(String),
    level: 'warn',
    message: 'three\nlines',
    a: 1,
    b: 'x y',
  });
});
